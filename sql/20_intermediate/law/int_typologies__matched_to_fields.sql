-- One typology, what the shipments of the period carry of what it needs, and what of that could not be read.
-- grain: typology

with
typologies as (
    select * from ref_typologies
    where regime = $regime
),

fields as (
    select * from ref_typology_fields
    where regime = $regime
),

patterns as (select * from int_fields__filled),

conditions as (select * from int_conditions__matched_to_rules),

goods as (
    select * from ref_ineligible_goods
    where regime = $regime
),

chosen as (select * from int_resolution__scoped),

latest as (

    select * from typologies
    qualify row_number() over (partition by typology order by valid_from desc) = 1

),

filled as (

    select
        carried,
        cast(sum(shipments) as bigint) as shipments
    from patterns
    group by carried

),

met as (

    select distinct
        fields.typology,
        fields.clause_no,
        filled.carried,
        filled.shipments
    from fields
    inner join filled on filled.carried like '%|' || fields.field || '|%'

),

clauses as (

    select distinct
        typology,
        clause_no
    from fields

),

clause_counts as (

    select
        typology,
        count(*) as clauses
    from clauses
    group by typology

),

met_in_full as (

    select
        met.typology,
        met.carried,
        max(met.shipments) as shipments
    from met
    inner join clause_counts on met.typology = clause_counts.typology
    group by met.typology, met.carried, clause_counts.clauses
    having count(*) = clause_counts.clauses

),

tested as (

    select
        typology,
        cast(sum(shipments) as bigint) as shipments
    from met_in_full
    group by typology

),

met_somewhere as (

    select distinct
        typology,
        clause_no
    from met

),

unmet as (

    select fields.*
    from fields
    left join met_somewhere on fields.typology = met_somewhere.typology and fields.clause_no = met_somewhere.clause_no
    where met_somewhere.typology is null

),

-- a column that is absent is one thing; columns that hold nothing to judge are another
absent as (

    select
        typology,
        string_agg(case when not is_circumstance then wording end, '|' order by field_no) as columns_absent,
        string_agg(wording, '|' order by field_no) as all_absent
    from unmet
    group by typology

),

-- shipments that lack what a typology needs because it could not be read
missed as (

    select distinct
        fields.typology,
        fields.field,
        patterns.carried,
        patterns.unread,
        patterns.shipments
    from fields
    inner join patterns on patterns.unread like '%|' || fields.field || '|%'
    left join met on
        fields.typology = met.typology
        and fields.clause_no = met.clause_no
        and patterns.carried = met.carried
    where met.typology is null

),

missed_patterns as (

    select distinct
        typology,
        carried,
        unread,
        shipments
    from missed

),

missed_fields as (

    select distinct
        typology,
        field
    from missed

),

missed_counts as (

    select
        typology,
        cast(sum(shipments) as bigint) as shipments
    from missed_patterns
    group by typology

),

missed_together as (

    select
        typology,
        string_agg(field, '|' order by field) as fields
    from missed_fields
    group by typology

),

clause_fields as (

    select
        typology,
        clause_no,
        string_agg(wording, '|' order by field_no) as fields
    from fields
    group by typology, clause_no

),

needed as (

    select
        typology,
        string_agg(fields, '; ' order by clause_no) as clauses
    from clause_fields
    group by typology

),

rules as (
    select
        kind,
        grouping_key
    from conditions
    where kind in ('exemption', 'lots_bar', 'relief')
),

ruled as (

    select kind as needs_rule
    from conditions
    union
    select grouping_key as needs_rule
    from rules
    union
    select 'unit' as needs_rule
    from rules
    where grouping_key in ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')
    union
    select 'goods' as needs_rule
    from goods

),

matched as (

    select
        latest.typology,
        case
            when latest.made_by = 'missing' then 'not_made'
            when chosen.resolve = 'hot' and latest.needs_everybody then 'pruned_run'
            when latest.needs_rule = 'goods' and ruled.needs_rule is null then 'no_goods'
            when latest.needs_rule <> '-' and ruled.needs_rule is null then 'no_rule'
            when $missing_order_id = 'ignore' and latest.typology = 'inferred_order_split' then 'orders_ignored'
            when absent.columns_absent is not null then 'columns_absent'
            when absent.all_absent is not null then 'circumstances_absent'
            when tested.shipments is null then 'never_together'
        end as obstacle,
        coalesce(tested.shipments, 0) as shipments,
        coalesce(absent.columns_absent, absent.all_absent) as absent,
        needed.clauses as needed,
        missed_counts.shipments as missed_shipments,
        missed_together.fields as missed_fields
    from latest
    cross join chosen
    left join ruled on latest.needs_rule = ruled.needs_rule
    left join absent on latest.typology = absent.typology
    left join needed on latest.typology = needed.typology
    left join tested on latest.typology = tested.typology
    left join missed_counts on latest.typology = missed_counts.typology
    left join missed_together on latest.typology = missed_together.typology

)

select * from matched
