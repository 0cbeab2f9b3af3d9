-- One lot of an order_split flag.
-- grain: flag_id, shipment_uid

with
crossings as (select * from int_crossings__order_split),

lots as (select * from int_lots__claimed_as_exempt),

members as (

    select
        crossings.flag_id,
        lots.shipment_uid,
        lots.amount
    from crossings
    inner join lots on
        crossings.order_key = lots.order_key
        and crossings.pool = lots.pool
        and crossings.limit_currency = lots.limit_currency

)

select * from members
