-- One structuring flag in words and figures.
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

described as (

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
        cast(near_days as varchar) || ' of ' || cast(around_days as varchar)
        || ' days of one quarter near the limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
        || ' were at or below it by less than '
        || cast(cast(limit_amount * $near_days_share as decimal(18, 2)) as varchar) || ': ' || listed.days
        || '. The days of ' || cast(buyers as varchar) || ' buyers '
        || case when method = 'trend' then 'below and above' else 'below' end
        || ' make a share of ' || cast(cast(usual_share as decimal(18, 2)) as varchar)
        || ' usual. By chance this happens once in ' || cast(one_in as varchar) || ' times, and '
        || cast(tests as varchar) || ' quarters of buyers were tested (q = '
        || cast(cast(q_value as decimal(18, 4)) as varchar) || '): of flags as striking as this a share of '
        || cast($structuring_false_share as varchar) || ' at most is expected to be chance.' as reason,
        concat_ws(
            ', ',
            '"Amounts near a limit are no proof by themselves."',
            '"Someone who always buys at about this value looks the same."',
            case
                when amount_count = 1
                    then '"The amount is the same each time: it may be the price of one thing."'
            end,
            case when not is_certain then '"Origin or mode is not known for some of them."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"around_days": ' || cast(around_days as varchar),
            '"buyers": ' || cast(buyers as varchar),
            '"days": ["' || replace(listed.days, ', ', '", "') || '"]',
            '"method": "' || method || '"',
            '"near_days": ' || cast(near_days as varchar),
            '"p_value": ' || cast(cast(p_value as decimal(18, 6)) as varchar),
            '"q_value": ' || cast(cast(q_value as decimal(18, 6)) as varchar),
            '"spread": ' || cast(cast(spread as decimal(18, 6)) as varchar),
            '"tests": ' || cast(tests as varchar),
            '"usual_share": ' || cast(cast(usual_share as decimal(18, 6)) as varchar)
        ) as attributes
    from summed
    inner join listed on summed.flag_id = listed.flag_id

)

select * from described
