-- What was measured of one structuring flag.
-- grain: flag_id

with
members as (select * from int_members__structuring),

summed as (

    select
        flag_id,
        min(subject) as subject,
        min(identity_id) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        count(distinct amount) as amount_count,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        max(near_days) as near_days,
        max(around_days) as around_days,
        max(usual_share) as usual_share,
        max(spread) as spread,
        max(buyers) as buyers,
        min(method) as method,
        max(p_value) as p_value,
        max(q_value) as q_value,
        max(tests) as tests,
        max(one_in) as one_in,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

days as (

    select distinct
        flag_id,
        arrival_date
    from members

),

listed as (

    select
        flag_id,
        string_agg(cast(arrival_date as varchar), ', ' order by arrival_date) as days
    from days
    group by flag_id

),

measured as (

    select
        summed.flag_id,
        $regime as regime,
        'structuring' as typology,
        identity_id,
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
        near_days,
        around_days,
        cast(limit_amount * $near_days_share as decimal(18, 2)) as near_amount,
        listed.days,
        amount_count,
        method,
        usual_share,
        spread,
        buyers,
        p_value,
        q_value,
        tests,
        one_in,
        cast($structuring_false_share as decimal(18, 6)) as false_share,
        is_certain
    from summed
    inner join listed on summed.flag_id = listed.flag_id

)

select * from measured
