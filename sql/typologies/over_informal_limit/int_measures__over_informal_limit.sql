-- What was measured of one over_informal_limit flag.
-- grain: flag_id

with
members as (select * from int_members__over_informal_limit),

summed as (

    select
        flag_id,
        min(subject) as subject,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(entry_amount) as total_amount,
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        count(*) filter (where is_customs_value_proxy) as proxy_count,
        count(*) filter (where is_mail) as mailed_count,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(first_rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'over_informal_limit' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(
            total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
        ) as excess_usd,
        case when is_certain and proxy_count = 0 then 'objective' else 'inferred' end as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        rule_id,
        legal_basis,
        total_amount,
        proxy_count,
        mailed_count,
        is_certain
    from summed

)

select * from measured
