-- One current shipment under one answer the law gives for its day, origin, mode and pool.
-- grain: shipment_uid, coverage

with
shipments as (select * from int_shipments__sorted_into_pools),

conditions as (select * from int_conditions__matched_to_rules),

exemptions as (
    select * from conditions
    where grouping_key = 'person_day'
),

matched as (

    select
        shipments.shipment_uid,
        shipments.shipment_id,
        shipments.alias_id,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.origin_country,
        shipments.mode,
        shipments.pool,
        shipments.exemption_basis,
        case
            when shipments.exemption_basis <> 'assumed' then shipments.claim
            when exemptions.is_offered then true
        end as exemption_claimed,
        coalesce(exemptions.coverage, 'no rule') as coverage,
        exemptions.rule_id,
        exemptions.legal_basis,
        coalesce(exemptions.is_available, false) as is_available,
        exemptions.limit_amount,
        exemptions.limit_currency,
        case
            when exemptions.limit_currency is null or exemptions.limit_usd_per_unit = 1 then shipments.value_usd
            when exemptions.limit_currency = shipments.currency then shipments.declared_value
            else cast(
                    cast(shipments.value_usd as double)
                    / cast(exemptions.limit_usd_per_unit as double) as decimal(18, 2)
                )
        end as amount,
        shipments.value_usd
    from shipments
    left join exemptions on
        shipments.arrival_date = exemptions.arrival_date
        and shipments.pool = exemptions.pool
        and shipments.origin_country is not distinct from exemptions.origin_country
        and shipments.mode is not distinct from exemptions.mode

),

measured as (

    select
        matched.*,
        coalesce(amount > limit_amount, false) as is_oversize
    from matched

)

select * from measured
