-- One shipment of a flag, whatever the typology.
-- grain: flag_id, shipment_uid

with
united as (

    select
        flag_id,
        shipment_uid,
        amount
    from int_members__daily_limit
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__informal_entry_split
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__order_split
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__suspended_claim

)

select * from united
