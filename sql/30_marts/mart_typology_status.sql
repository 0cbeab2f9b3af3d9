-- One typology: was it tested, on how many shipments, and how many flags it raised.
-- grain: typology

with
tested as (select * from int_typologies__tested),

texts as (select * from status_texts),

shipments as (select * from int_shipments__given_one_rule),

flags as (select * from mart_flags),

seen as (

    select
        min(arrival_date) as first_day,
        max(arrival_date) as last_day,
        count(*) as shipments
    from shipments
    where arrival_date between $from_date and $to_date

),

flag_counts as (

    select
        typology,
        count(*) as flags
    from flags
    group by typology

),

counted as (

    select
        tested.typology,
        texts.tested,
        case when tested.obstacle is null then tested.shipments else 0 end as rows,
        seen.shipments,
        coalesce(flag_counts.flags, 0) as flags,
        cast(seen.first_day as varchar) || ' to ' || cast(seen.last_day as varchar) as "window",
        texts.note
    from tested
    inner join texts on tested.typology = texts.typology
    cross join seen
    left join flag_counts on tested.typology = flag_counts.typology

)

select * from counted
