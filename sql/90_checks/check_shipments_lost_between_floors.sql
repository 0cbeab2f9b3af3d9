-- Shipments that are in force on one floor and missing, or there twice, on the next.
-- grain: shipment_uid
-- by: shipment_uid

with
lines as (select * from int_lines__valued_in_usd),

shipments as (select * from mart_shipments),

below as (

    select
        shipment_uid,
        count(*) as line_count,
        cast(sum(exact_value_usd) as decimal(18, 2)) as value_usd
    from lines
    group by shipment_uid

),

lost as (

    select
        coalesce(below.shipment_uid, shipments.shipment_uid) as shipment_uid,
        below.line_count as lines_below,
        shipments.line_count as lines_above
    from below
    full outer join shipments on below.shipment_uid = shipments.shipment_uid
    where
        below.shipment_uid is null
        or shipments.shipment_uid is null
        or below.line_count <> shipments.line_count
        or below.value_usd is distinct from shipments.value_usd

)

select * from lost
