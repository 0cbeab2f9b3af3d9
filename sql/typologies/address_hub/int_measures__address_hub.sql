-- What was measured of one address_hub flag.
-- grain: flag_id

with
members as (select * from int_members__address_hub),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(hub_names) as hub_names,
        min(place_kind) as place_kind,
        count(*) filter (where is_owner_named) as owned_count,
        bool_or(is_entered) as is_entered,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'address_hub' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        'supporting' as strength,
        0.2 * (1 - 1 / cast(hub_names as double)) as size,
        rule_id,
        legal_basis,
        hub_names,
        is_entered,
        place_kind,
        owned_count
    from summed

)

select * from measured
