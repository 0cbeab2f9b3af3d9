-- What was measured of one origin_mismatch flag.
-- grain: flag_id

with
members as (select * from int_members__origin_mismatch),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(other_country) as other_country,
        min(origin_country) as origin_country,
        max(sign_count) as sign_count,
        count(*) filter (where is_shipped_from) as shipped_count,
        count(*) filter (where is_exported_from) as exported_count,
        count(*) filter (where is_posted_from) as posted_count,
        bool_and(is_free) as is_free,
        min(layer) as layer,
        max(rate) as rate,
        max(claimed_rate) as claimed_rate,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'origin_mismatch' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when sign_count > 1 then 'inferred' else 'supporting' end as strength,
        1 - 1 / cast(shipments + 1 as double) as size,
        rule_id,
        legal_basis,
        origin_country,
        other_country,
        sign_count,
        shipped_count,
        exported_count,
        posted_count,
        is_free,
        layer,
        rate,
        claimed_rate
    from summed

)

select * from measured
