-- One flag in words and figures, whatever the typology.
-- grain: flag_id

with
chosen as (select * from int_resolution__scoped),

-- what a run cannot test that compares only those who can matter
untested as (

    select distinct ref_typologies.typology
    from ref_typologies
    inner join chosen on chosen.resolve = 'hot'
    where ref_typologies.regime = $regime and ref_typologies.needs_everybody

),

united as (

    select * from int_measures__address_hub
    union all
    select * from int_measures__consignment_split
    union all
    select * from int_measures__daily_limit
    union all
    select * from int_measures__description_mismatch
    union all
    select * from int_measures__documentation_gap
    union all
    select * from int_measures__duplicate_entry
    union all
    select * from int_measures__entry_type_switching
    union all
    select * from int_measures__fictitious_consignee
    union all
    select * from int_measures__gift_split
    union all
    select * from int_measures__ineligible_goods
    union all
    select * from int_measures__inferred_order_split
    union all
    select * from int_measures__informal_entry_split
    union all
    select * from int_measures__just_below_clustering
    union all
    select * from int_measures__late_filing
    union all
    select * from int_measures__nominal_consignee
    union all
    select * from int_measures__order_split
    union all
    select * from int_measures__origin_mismatch
    union all
    select * from int_measures__origin_shift
    union all
    select * from int_measures__over_informal_limit
    union all
    select * from int_measures__possible_daily_limit
    union all
    select * from int_measures__structuring
    union all
    select * from int_measures__suspended_claim
    union all
    select * from int_measures__undervaluation
    union all
    select * from int_measures__vague_description
    union all
    select * from int_measures__warehouse_consignee

),

tested as (

    select united.*
    from united
    left join untested on united.typology = untested.typology
    where untested.typology is null

)

select * from tested
