-- One description, tariff chapter and seller, and how many shipments carry them.
-- grain: description, hts_chapter, seller

with
shipments as (select * from int_shipments__described),

counted as (

    select
        description,
        hts_chapter,
        seller,
        count(*) as shipments
    from shipments
    where description is not null and line_count = 1
    group by description, hts_chapter, seller

)

select * from counted
