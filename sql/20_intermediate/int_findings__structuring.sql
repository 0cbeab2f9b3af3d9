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
        count(distinct arrival_date) as day_count,
        count(distinct amount) as amount_count,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        max(around_days) as around_days,
        max(usual_share) as usual_share,
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

described as (

    select
        flag_id,
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
        'On ' || cast(day_count as varchar) || ' of the ' || cast(around_days as varchar)
        || ' days of a quarter on which this person received about as much as the limit of ' || limit_currency || ' '
        || cast(limit_amount as varchar) || ', it was under it by '
        || cast(cast(limit_amount * $near_limit_share as decimal(18, 2)) as varchar)
        || ' or less; with everybody, a share of ' || cast(cast(usual_share as decimal(18, 2)) as varchar)
        || ' of such days is. By chance it happens once in ' || cast(one_in as varchar) || ' times, and '
        || cast(tests as varchar) || ' were tested: of flags as striking as this a share of '
        || cast($structuring_false_share as varchar) || ' at most is expected to be chance.' as reason,
        concat_ws(
            ', ',
            '"Amounts near a limit are no proof by themselves."',
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
            '"near_days": ' || cast(day_count as varchar),
            '"p_value": ' || cast(p_value as varchar),
            '"q_value": ' || cast(q_value as varchar),
            '"tests": ' || cast(tests as varchar),
            '"usual_share": ' || cast(usual_share as varchar)
        ) as attributes
    from summed

)

select * from described
