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

    select * from int_findings__address_hub
    union all
    select * from int_findings__consignment_split
    union all
    select * from int_findings__daily_limit
    union all
    select * from int_findings__description_mismatch
    union all
    select * from int_findings__documentation_gap
    union all
    select * from int_findings__duplicate_entry
    union all
    select * from int_findings__entry_type_switching
    union all
    select * from int_findings__fictitious_consignee
    union all
    select * from int_findings__gift_split
    union all
    select * from int_findings__ineligible_goods
    union all
    select * from int_findings__inferred_order_split
    union all
    select * from int_findings__informal_entry_split
    union all
    select * from int_findings__just_below_clustering
    union all
    select * from int_findings__late_filing
    union all
    select * from int_findings__nominal_consignee
    union all
    select * from int_findings__order_split
    union all
    select * from int_findings__origin_mismatch
    union all
    select * from int_findings__origin_shift
    union all
    select * from int_findings__over_informal_limit
    union all
    select * from int_findings__possible_daily_limit
    union all
    select * from int_findings__structuring
    union all
    select * from int_findings__suspended_claim
    union all
    select * from int_findings__undervaluation
    union all
    select * from int_findings__vague_description
    union all
    select * from int_findings__warehouse_consignee

),

tested as (

    select united.*
    from united
    left join untested on united.typology = untested.typology
    where untested.typology is null

)

select * from tested
