-- One shipment of an inferred_order_split flag.
-- grain: flag_id, shipment_uid

with
members as (select * from inferred_order_lots),

groups as (

    select * from inferred_orders
    where score >= cast($min_lot_score as double)

),

lots as (select * from int_lots__of_no_known_order),

keyed as (

    select
        flag_id($regime, 'inferred_order_split', members.lots_key, null, $id_digits) as flag_id,
        members.lots_key,
        members.shipment_uid,
        lots.amount
    from members
    inner join groups on members.lots_key = groups.lots_key
    inner join lots on members.shipment_uid = lots.shipment_uid

)

select * from keyed
