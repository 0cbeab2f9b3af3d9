-- One product of an order of a person who ordered from that seller more than once.
-- grain: order_uid, product_id
-- only with: int_lots__of_no_known_order

with
shipments as (select * from int_shipments__keyed_to_sellers),

orders as (

    select * from int_orders__of_persons
    where orders_of_person > 1

),

lines as (select * from int_lines__valued_in_usd),

goods as (

    select distinct
        orders.order_uid,
        orders.identity_id,
        orders.seller_key,
        orders.order_no,
        orders.arrival_date,
        upper(trim(lines.product_id)) as product_id
    from orders
    inner join shipments on orders.order_uid = shipments.order_uid
    inner join lines on shipments.shipment_uid = lines.shipment_uid
    where lines.product_id is not null

)

select * from goods
