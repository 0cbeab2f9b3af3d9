-- What was measured of one undervaluation flag.
-- grain: flag_id

with
members as (select * from int_members__undervaluation),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        cast(sum(usual_value_usd) as decimal(18, 2)) as usual_value_usd,
        max(usual_usd) as usual_usd,
        max(peers) as peers,
        count(*) filter (where unit_kg is null) as unweighed_count,
        count(*) filter (where is_fitted) as fitted_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'undervaluation' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when fitted_count > 0 then 'inferred' else 'supporting' end as strength,
        1 - cast(total_usd as double) / cast(usual_value_usd as double) as size,
        rule_id,
        legal_basis,
        usual_value_usd,
        usual_usd,
        peers,
        fitted_count,
        unweighed_count
    from summed

)

select * from measured
