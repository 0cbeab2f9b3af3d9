-- The shipment of a suspended_claim flag.
-- grain: flag_id, shipment_uid

with
crossings as (select * from int_crossings__suspended_claim),

members as (

    select
        flag_id,
        shipment_uid,
        amount
    from crossings

)

select * from members
