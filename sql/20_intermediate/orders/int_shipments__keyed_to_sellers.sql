-- One shipment of a known person from a known seller, with the order it belongs to: without a number, itself.
-- grain: shipment_uid
-- by: identity_id
-- follows: int_shipments__keyed_to_orders by shipment_uid
-- shown: few who read it need more than a column or two of few rows
-- Not told in a pruned run: orders add up by person over weeks, and who is who is known for days alone.

with
chosen as (select * from int_resolution__scoped),

shipments as (select * from int_shipments__matched_to_rules),

orders as (select * from int_shipments__keyed_to_orders),

placeholders as (select * from ref_order_placeholders),

keyed as not materialized (

    select
        shipments.shipment_uid,
        shipments.shipment_id,
        shipments.identity_id,
        coalesce(
            'id ' || upper(trim(shipments.seller_id)),
            'name ' || upper(trim(shipments.seller_name)),
            'shipper ' || upper(trim(shipments.shipper_name))
        ) as seller_key,
        shipments.arrival_date,
        shipments.value_usd,
        case
            when shipments.order_id is null or placeholders.order_number is not null then null
            else coalesce(orders.order_key, shipments.shipment_uid)
        end as order_key
    from shipments
    inner join chosen on chosen.resolve = 'all'
    left join orders on shipments.shipment_uid = orders.shipment_uid
    left join placeholders on upper(trim(shipments.order_id)) = placeholders.order_number
    where shipments.is_told and shipments.identity_id is not null

),

-- lots of one number are one order, named after the first of them; what has none is named after itself
numbered as (

    select
        identity_id,
        seller_key,
        order_key,
        min(shipment_uid) as order_uid
    from keyed
    where order_key is not null and seller_key is not null
    group by identity_id, seller_key, order_key

),

named as (

    select
        keyed.shipment_uid,
        keyed.shipment_id,
        keyed.identity_id,
        keyed.seller_key,
        coalesce(numbered.order_uid, keyed.shipment_uid) as order_uid,
        keyed.order_key is not null as has_order_number,
        keyed.arrival_date,
        keyed.value_usd
    from keyed
    left join numbered on
        keyed.identity_id = numbered.identity_id
        and keyed.seller_key = numbered.seller_key
        and keyed.order_key = numbered.order_key
    where keyed.seller_key is not null

)

select * from named
