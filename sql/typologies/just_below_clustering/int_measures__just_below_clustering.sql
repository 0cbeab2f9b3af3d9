-- What was measured of one just_below_clustering flag.
-- grain: flag_id

with
members as (select * from int_members__just_below_clustering),

summed as (

    select
        flag_id,
        min(subject) as subject,
        min(unit_kind) as unit_kind,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        min(method) as method,
        max(p_value) as p_value,
        max(q_value) as q_value,
        max(tests) as tests,
        max(elsewhere) as elsewhere,
        max(elsewhere_share) as elsewhere_share,
        max(excess) as excess,
        max(excess_low) as excess_low,
        max(excess_high) as excess_high,
        max(heaped_share) as heaped_share,
        max(once_statistic) as once_statistic,
        max(at_limit) as at_limit,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'just_below_clustering' as typology,
        cast(null as varchar) as identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        'supporting' as strength,
        1 - q_value as size,
        rule_id,
        legal_basis,
        unit_kind,
        method,
        excess,
        excess_low,
        excess_high,
        cast(limit_amount * $near_limit_share as decimal(18, 2)) as near_amount,
        elsewhere,
        elsewhere_share,
        tests,
        p_value,
        q_value,
        cast($clustering_false_share as decimal(18, 6)) as false_share,
        heaped_share,
        once_statistic < cast($clear_step as double) as is_of_few_prices,
        at_limit,
        is_certain
    from summed

)

select * from measured
