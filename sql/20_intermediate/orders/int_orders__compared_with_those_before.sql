-- One order of a person who had ordered from that seller before: how long after, and what it has in common with it.
-- grain: order_uid
-- only with: int_lots__of_no_known_order

with
orders as (select * from int_orders__of_persons),

goods as (select * from int_goods__of_orders),

followed as (

    select
        orders.*,
        lag(arrival_date) over (partition by identity_id, seller_key order by order_no) as previous_date,
        lag(serial_stem) over (partition by identity_id, seller_key order by order_no) as previous_stem,
        lag(serial_no) over (partition by identity_id, seller_key order by order_no) as previous_no
    from orders
    where orders_of_person > 1

),

-- goods of one order that were in any of the orders of the days before
recent as (

    select
        later.order_uid,
        count(distinct earlier.product_id) as earlier_products
    from followed as later
    inner join goods as earlier on
        later.identity_id = earlier.identity_id
        and later.seller_key = earlier.seller_key
        and later.order_no > earlier.order_no
        and later.order_no - earlier.order_no < $max_lots_of_order
        and date_diff('day', earlier.arrival_date, later.arrival_date) < $lot_window_days
    group by later.order_uid

),

shared as (

    select
        later.order_uid,
        count(distinct later.product_id) as shared_products
    from goods as later
    inner join goods as earlier on
        later.identity_id = earlier.identity_id
        and later.seller_key = earlier.seller_key
        and later.product_id = earlier.product_id
        and later.order_no > earlier.order_no
        and later.order_no - earlier.order_no < $max_lots_of_order
        and date_diff('day', earlier.arrival_date, later.arrival_date) < $lot_window_days
    group by later.order_uid

),

counted as (

    select
        order_uid,
        count(*) as products
    from goods
    group by order_uid

),

compared as (

    select
        followed.order_uid,
        followed.identity_id,
        followed.seller_key,
        followed.orders_of_person,
        date_diff('day', followed.previous_date, followed.arrival_date) as gap_days,
        case when followed.serial_stem = followed.previous_stem then followed.serial_no - followed.previous_no end
            as serial_gap,
        counted.products,
        recent.earlier_products,
        case when recent.earlier_products is not null then coalesce(shared.shared_products, 0) end as shared_products
    from followed
    left join counted on followed.order_uid = counted.order_uid
    left join recent on followed.order_uid = recent.order_uid and counted.products is not null
    left join shared on followed.order_uid = shared.order_uid
    where followed.previous_date is not null

)

select * from compared
