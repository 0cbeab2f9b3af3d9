-- One shipment of a daily_limit flag.
-- grain: flag_id, shipment_uid

with
crossings as (select * from int_crossings__daily_limit),

shipments as (select * from int_shipments__matched_to_rules),

members as (

    select
        crossings.flag_id,
        crossings.limit_amount,
        shipments.shipment_uid,
        shipments.amount
    from crossings
    inner join shipments on
        crossings.identity_id = shipments.identity_id
        and crossings.arrival_date = shipments.arrival_date
        and crossings.pool = shipments.pool
        and crossings.limit_amount = shipments.limit_amount
        and crossings.limit_currency = shipments.limit_currency
    where
        shipments.is_summed
        and not shipments.is_oversize
        and (shipments.coverage = 'known' or not crossings.is_certain)

)

select * from members
