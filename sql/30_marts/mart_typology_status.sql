-- One typology: was it tested, on how many shipments, and how many flags it raised.
-- grain: typology

with
shipments as (select * from int_shipments__sorted_into_pools),

rolled_up as (select * from int_shipments__rolled_up_from_lines),

answers as (select * from int_shipments__matched_to_rules),

conditions as (select * from int_conditions__matched_to_rules),

flags as (select * from mart_flags),

pieces as (select * from int_pieces__brought_together),

seen as (

    select
        count(*) as shipments,
        count(shipments.identity_id) as with_identity,
        count(rolled_up.order_id) as with_order,
        count(case when shipments.identity_id is not null then shipments.conveyance_id end) as with_conveyance,
        min(shipments.arrival_date) as first_day,
        max(shipments.arrival_date) as last_day
    from shipments
    inner join rolled_up on shipments.shipment_uid = rolled_up.shipment_uid
    where shipments.arrival_date between $from_date and $to_date

),

units as (

    select count(distinct shipment_uid) as grouped
    from pieces

),

claims as (

    select
        count(distinct shipment_uid) filter (where is_available and identity_id is not null) as summable,
        count(distinct shipment_uid) filter (where exemption_basis <> 'assumed') as stated,
        count(distinct shipment_uid) filter (where rule_id is not null) as ruled
    from answers
    where exemption_claimed and arrival_date between $from_date and $to_date

),

rules as (

    select
        count(*) filter (where kind = 'exemption') as exemption_rules,
        count(*) filter (where kind = 'exemption' and grouping_key = 'person_day') as person_day_rules,
        count(*) filter (where kind = 'lots_bar' and grouping_key = 'order') as lot_rules,
        count(*) filter (where kind = 'entry_limit') as informal_rules,
        count(*) filter (
            where
            kind in ('exemption', 'lots_bar', 'relief')
            and grouping_key in ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')
        ) as unit_rules
    from conditions

),

statuses as (

    select
        'daily_limit' as typology,
        case
            when rules.person_day_rules = 0 then 'not tested: no rule in ref_limits for these days'
            when seen.with_identity = 0 then 'not tested: no consignee'
            else 'yes'
        end as tested,
        claims.summable as row_count,
        cast(null as varchar) as note
    from seen
    cross join claims
    cross join rules
    union all
    select
        'order_split' as typology,
        case
            when rules.lot_rules = 0 then 'not tested: no rule in ref_limits for these days'
            when seen.with_order = 0 then 'not tested: no order_id'
            else 'yes'
        end as tested,
        seen.with_order as row_count,
        cast(null as varchar) as note
    from seen
    cross join claims
    cross join rules
    union all
    select
        'suspended_claim' as typology,
        case
            when rules.exemption_rules = 0 then 'not tested: no rule in ref_limits for these days'
            when claims.stated = 0 then 'not tested: no entry_type, no exemption_claimed'
            else 'yes'
        end as tested,
        claims.stated as row_count,
        cast(null as varchar) as note
    from seen
    cross join claims
    cross join rules
    union all
    select
        'informal_entry_split' as typology,
        case
            when rules.informal_rules = 0 then 'not tested: no rule in ref_limits for these days'
            when seen.with_order = 0 and seen.with_conveyance = 0 then 'not tested: no order_id, no conveyance_id'
            else 'yes'
        end as tested,
        greatest(seen.with_order, seen.with_conveyance) as row_count,
        case
            when seen.with_order > 0 and seen.with_conveyance = 0
                then 'by conveyance and consignee: not tested: no conveyance_id'
            when seen.with_conveyance > 0 and seen.with_order = 0
                then 'by order: not tested: no order_id'
        end as note
    from seen
    cross join claims
    cross join rules
    union all
    -- a regime without such a unit has nothing to say of it
    select
        'consignment_split' as typology,
        case
            when units.grouped = 0 then 'not tested: no house_bill, conveyance_id, seller or order_date'
            else 'yes'
        end as tested,
        units.grouped as row_count,
        cast(null as varchar) as note
    from rules
    cross join units
    where rules.unit_rules > 0

),

flag_counts as (

    select
        typology,
        count(*) as flags
    from flags
    group by typology

),

counted as (

    select
        statuses.typology,
        statuses.tested,
        case when statuses.tested = 'yes' then statuses.row_count else 0 end as rows,
        coalesce(flag_counts.flags, 0) as flags,
        cast(seen.first_day as varchar) || ' to ' || cast(seen.last_day as varchar) as "window",
        statuses.note
    from statuses
    cross join seen
    left join flag_counts on statuses.typology = flag_counts.typology

)

select * from counted
