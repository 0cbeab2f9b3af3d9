-- One shipment of a flag, whatever the typology.
-- grain: flag_id, shipment_uid

with
findings as (select * from int_measures__united),

united as (

    select
        flag_id,
        shipment_uid,
        amount
    from int_members__address_hub
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__consignment_split
    union all
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
    from int_members__description_mismatch
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__documentation_gap
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__duplicate_entry
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__entry_type_switching
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__fictitious_consignee
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__gift_split
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__ineligible_goods
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__inferred_order_split
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
    from int_members__just_below_clustering
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__late_filing
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__nominal_consignee
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
    from int_members__origin_mismatch
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__origin_shift
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__over_informal_limit
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__possible_daily_limit
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__structuring
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__suspended_claim
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__undervaluation
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__vague_description
    union all
    select
        flag_id,
        shipment_uid,
        amount
    from int_members__warehouse_consignee

),

-- findings that the run does not hold hold no shipments either
held as (

    select united.*
    from united
    inner join findings on united.flag_id = findings.flag_id

)

select * from held
