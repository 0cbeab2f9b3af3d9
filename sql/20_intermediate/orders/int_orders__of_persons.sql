-- One order of a person from a seller, as far as it can be told: a shipment without an order number stands for itself.
-- grain: order_uid
-- by: identity_id
-- only with: int_lots__of_no_known_order

with
shipments as (select * from int_shipments__keyed_to_sellers),

orders as (

    select
        order_uid,
        identity_id,
        seller_key,
        min(arrival_date) as arrival_date,
        cast(sum(value_usd) as decimal(18, 2)) as value_usd,
        case when count(*) = 1 then min(shipment_id) end as shipment_id
    from shipments
    group by order_uid, identity_id, seller_key

),

serial as (

    select
        order_uid,
        identity_id,
        seller_key,
        arrival_date,
        value_usd,
        serial_stem(shipment_id) as serial_stem,
        serial_no(shipment_id) as serial_no
    from orders

),

numbered as (

    select
        serial.*,
        row_number() over (
            partition by identity_id, seller_key
            order by arrival_date, serial_no, order_uid
        ) as order_no,
        count(*) over (partition by identity_id, seller_key) as orders_of_person
    from serial

)

select * from numbered
