-- One shipment of a flag, whatever the typology.
-- grain: flag_id, shipment_uid

with
daily_limit as (select * from int_members__daily_limit),

order_split as (select * from int_members__order_split),

suspended_claim as (select * from int_crossings__suspended_claim),

informal_entry_split as (select * from int_members__informal_entry_split),

consignment_split as (select * from int_members__consignment_split),

united as (

    select
        flag_id,
        shipment_uid,
        amount
    from daily_limit
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from order_split
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from suspended_claim
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from informal_entry_split
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from consignment_split

)

select * from united
