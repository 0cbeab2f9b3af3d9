-- One shipment of a known person from a known seller, with the order it belongs to: without a number, itself.
-- grain: shipment_uid
-- by: identity_id
-- follows: int_shipments__keyed_to_orders by shipment_uid
-- Not told in a pruned run: orders add up by person over weeks, and who is who is known for days alone.

with
chosen as (select * from int_resolution__scoped),

shipments as (select * from int_shipments__given_one_rule),

orders as (select * from int_shipments__keyed_to_orders),

placeholders as (select * from ref_order_placeholders),

keyed as (

    select
        shipments.shipment_uid,
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
        end as order_key,
        regexp_extract(shipments.shipment_id, '([0-9]{1,15})$', 1) as serial_digits,
        shipments.shipment_id
    from shipments
    inner join chosen on chosen.resolve = 'all'
    left join orders on shipments.shipment_uid = orders.shipment_uid
    left join placeholders on upper(trim(shipments.order_id)) = placeholders.order_number
    where shipments.identity_id is not null

),

numbered as (

    select
        shipment_uid,
        identity_id,
        seller_key,
        min(shipment_uid) over (
            partition by identity_id, seller_key, order_key, coalesce(order_key, shipment_uid)
        ) as order_uid,
        order_key is not null as has_order_number,
        arrival_date,
        value_usd,
        case
            when serial_digits <> ''
                then
                    cast(length(shipment_id) as varchar) || ' '
                    || left(shipment_id, length(shipment_id) - length(serial_digits))
        end as serial_stem,
        case when serial_digits <> '' then cast(serial_digits as bigint) end as serial_no
    from keyed
    where seller_key is not null

)

select * from numbered
