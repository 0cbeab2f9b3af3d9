-- One current shipment under one answer the law gives for its day, origin, mode and pool, with who it was for.
-- grain: shipment_uid, coverage
-- by: shipment_uid
-- follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode
-- follows: int_aliases__joined_to_identities by alias_id
-- It carries all that is known of the shipment, so that nothing behind it has to be looked up again.

with
shipments as (
    select
        * exclude (pool),
        pool as own_pool
    from int_shipments__sorted_into_pools
),

aliases as (select * from int_aliases__joined_to_identities),

conditions as (select * from int_conditions__matched_to_rules),

exemptions as (
    select * from conditions
    where kind = 'exemption'
),

-- where gifts and baggage are pooled with the rest, they count wherever the rest may come in free
offered as (

    select distinct
        arrival_date,
        origin_country,
        mode
    from exemptions
    where $gifts = 'pooled' and pool = 'standard' and is_offered

),

placed as (

    select
        shipments.*,
        case when offered.arrival_date is not null then 'standard' else shipments.own_pool end as pool
    from shipments
    left join offered on
        shipments.arrival_date = offered.arrival_date
        and shipments.origin_country is not distinct from offered.origin_country
        and shipments.mode is not distinct from offered.mode

),

matched as (

    select
        placed.*,
        aliases.identity_id,
        aliases.party_class,
        case
            when placed.exemption_basis <> 'assumed' then placed.claim
            when exemptions.is_offered then true
        end as exemption_claimed,
        case
            when placed.is_import then coalesce(exemptions.coverage, 'no rule')
            else 'outside the customs territory'
        end as coverage,
        exemptions.grouping_key,
        exemptions.rule_id,
        exemptions.legal_basis,
        coalesce(exemptions.is_available, false) as is_available,
        coalesce(exemptions.is_told, true) as is_told,
        coalesce(exemptions.is_highest, true) as is_highest,
        exemptions.limit_amount,
        exemptions.limit_currency,
        case
            when exemptions.limit_currency is null or exemptions.limit_usd_per_unit = 1 then placed.tested_usd
            when exemptions.limit_currency = placed.currency then placed.tested_value
            else cast(
                    cast(placed.tested_usd as double)
                    / cast(exemptions.limit_usd_per_unit as double) as decimal(18, 2)
                )
        end as amount
    from placed
    left join aliases on placed.alias_id = aliases.alias_id
    left join exemptions on
        placed.is_import
        and placed.arrival_date = exemptions.arrival_date
        and placed.pool = exemptions.pool
        and placed.origin_country is not distinct from exemptions.origin_country
        and placed.mode is not distinct from exemptions.mode

),

measured as (

    select
        matched.*,
        coalesce(
            case when $boundary = 'at' then amount >= limit_amount else amount > limit_amount end, false
        ) as is_oversize,
        -- a day's sum takes what was claimed; what was entered counts too only where the run is told so
        coalesce(
            grouping_key = 'person_day'
            and (exemption_claimed or ($entered_shipments = 'counted' and is_available))
            and not ($mail = 'excluded' and coalesce(mode = 'mail', false)),
            false
        ) as is_summed
    from matched

)

select * from measured
