-- One current shipment with the one answer told of it: the sure one, or of two the one that offers the exemption.
-- grain: shipment_uid
-- by: shipment_uid
-- shown: a choice among rows that are kept already

with
answers as (select * from int_shipments__matched_to_rules),

unsure as (

    select * from answers
    where coverage like 'if %'
    qualify row_number() over (partition by shipment_uid order by is_available desc, coverage asc) = 1

),

given as (

    select * from answers
    where coverage not like 'if %'
    union all
    select * from unsure

)

select * from given
