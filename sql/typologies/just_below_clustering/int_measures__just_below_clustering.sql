-- One just_below_clustering flag in words and figures.
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

described as (

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
        'Of this ' || unit_kind || ', about ' || cast(cast(round(excess, 0) as bigint) as varchar)
        || ' shipments more than expected (95%: '
        || cast(cast(round(excess_low, 0) as bigint) as varchar) || ' to '
        || cast(cast(round(excess_high, 0) as bigint) as varchar) || ') are worth the limit of '
        || limit_currency || ' ' || cast(limit_amount as varchar) || ' or up to '
        || cast(cast(limit_amount * $near_limit_share as decimal(18, 2)) as varchar) || ' less, '
        || case
            when method = 'step' then 'held against the density above the limit'
            else 'held against the trend further below, since hardly anything lies above'
        end
        || '; whole amounts and prices ending in 95 to 99 are not counted. As much shows at a share of '
        || cast(cast(elsewhere_share as decimal(18, 2)) as varchar) || ' of ' || cast(elsewhere as varchar)
        || ' other values; of flags as striking as this among ' || cast(tests as varchar) || ' tested a share of '
        || cast($clustering_false_share as varchar) || ' at most is expected to be chance.' as reason,
        concat_ws(
            ', ',
            case
                when once_statistic < cast($clear_step as double)
                    then
                        '"It may be a few prices that are paid again and again: counting each seller (of a seller: '
                        || 'each buyer) and amount once, hardly a step is left."'
            end,
            case
                when at_limit > 0
                    then
                        '"' || cast(at_limit as varchar)
                        || ' are of exactly the limit, a round number; they are not part of the excess."'
            end,
            case when not is_certain then '"Origin or mode is not known for some of them."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"at_limit": ' || cast(at_limit as varchar),
            '"excess": ' || cast(excess as varchar),
            '"excess_high": ' || cast(excess_high as varchar),
            '"excess_low": ' || cast(excess_low as varchar),
            '"heaped_share": ' || cast(heaped_share as varchar),
            '"p_value": ' || cast(p_value as varchar),
            '"q_value": ' || cast(q_value as varchar),
            '"tests": ' || cast(tests as varchar)
        ) as attributes
    from summed

)

select * from described
