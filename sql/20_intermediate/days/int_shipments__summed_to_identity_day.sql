-- One person, day, pool and limit: the claimed pieces, counted once as sure and once with all that may belong.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency, is_certain
-- by: identity_id, arrival_date

with
shipments as (select * from int_shipments__matched_to_rules),

pieces as not materialized (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        rule_id,
        coverage,
        coverage = 'known' as is_certain,
        case when is_oversize then 0 else 1 end as counted,
        case when not is_oversize and exemption_claimed then 1 else 0 end as claimed,
        case when is_oversize then 0 else amount end as amount,
        case when is_oversize then 0 else value_usd end as value_usd
    from shipments
    where
        is_summed
        and identity_id is not null
        and rule_id is not null
        and arrival_date between $from_date and $to_date

),

certain_days as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        min(rule_id) as rule_id,
        max(rule_id) as last_rule_id,
        sum(counted) as shipments,
        sum(claimed) as claims,
        count(*) - sum(counted) as oversize_count,
        sum(amount) as total_amount,
        sum(value_usd) as total_usd
    from pieces
    where is_certain
    group by identity_id, arrival_date, pool, limit_amount, limit_currency

),

-- names are joined up only where there are several, which is seldom
several_rules as (

    select distinct
        pieces.identity_id,
        pieces.arrival_date,
        pieces.pool,
        pieces.limit_amount,
        pieces.limit_currency,
        pieces.rule_id
    from pieces
    inner join certain_days on
        pieces.identity_id = certain_days.identity_id
        and pieces.arrival_date = certain_days.arrival_date
        and pieces.pool = certain_days.pool
        and pieces.limit_amount is not distinct from certain_days.limit_amount
        and pieces.limit_currency is not distinct from certain_days.limit_currency
    where pieces.is_certain and certain_days.rule_id <> certain_days.last_rule_id

),

joined_rules as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        string_agg(rule_id, '+' order by rule_id) as rule_id
    from several_rules
    group by identity_id, arrival_date, pool, limit_amount, limit_currency

),

certain as (

    select
        certain_days.identity_id,
        certain_days.arrival_date,
        certain_days.pool,
        certain_days.limit_amount,
        certain_days.limit_currency,
        coalesce(joined_rules.rule_id, certain_days.rule_id) as rule_id,
        certain_days.shipments,
        certain_days.claims,
        certain_days.oversize_count,
        certain_days.total_amount,
        certain_days.total_usd
    from certain_days
    left join joined_rules on
        certain_days.identity_id = joined_rules.identity_id
        and certain_days.arrival_date = joined_rules.arrival_date
        and certain_days.pool = joined_rules.pool
        and certain_days.limit_amount is not distinct from joined_rules.limit_amount
        and certain_days.limit_currency is not distinct from joined_rules.limit_currency

),

uncertain_sums as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        rule_id,
        coverage,
        sum(counted) as shipments,
        sum(claimed) as claims,
        count(*) - sum(counted) as oversize_count,
        sum(amount) as total_amount,
        sum(value_usd) as total_usd
    from pieces
    where not is_certain
    group by identity_id, arrival_date, pool, limit_amount, limit_currency, rule_id, coverage

),

uncertain_rules as (

    select
        uncertain_sums.*,
        row_number() over (
            partition by identity_id, arrival_date, pool, limit_amount, limit_currency, rule_id
            order by coverage
        ) as place_in_rule,
        row_number() over (
            partition by identity_id, arrival_date, pool, limit_amount, limit_currency, coverage
            order by rule_id
        ) as place_in_coverage
    from uncertain_sums

),

uncertain as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        string_agg(case when place_in_rule = 1 then rule_id end, '+' order by rule_id) as rule_id,
        string_agg(case when place_in_coverage = 1 then coverage end, '; ' order by coverage) as coverage,
        sum(shipments) as shipments,
        sum(claims) as claims,
        sum(oversize_count) as oversize_count,
        sum(total_amount) as total_amount,
        sum(total_usd) as total_usd
    from uncertain_rules
    group by identity_id, arrival_date, pool, limit_amount, limit_currency

),

possible as (

    select
        uncertain.identity_id,
        uncertain.arrival_date,
        uncertain.pool,
        uncertain.limit_amount,
        uncertain.limit_currency,
        uncertain.rule_id,
        uncertain.coverage,
        uncertain.shipments + coalesce(certain.shipments, 0) as shipments,
        uncertain.claims + coalesce(certain.claims, 0) as claims,
        uncertain.oversize_count + coalesce(certain.oversize_count, 0) as oversize_count,
        uncertain.total_amount + coalesce(certain.total_amount, 0) as total_amount,
        uncertain.total_usd + coalesce(certain.total_usd, 0) as total_usd
    from uncertain
    left join certain on
        uncertain.identity_id = certain.identity_id
        and uncertain.arrival_date = certain.arrival_date
        and uncertain.pool = certain.pool
        and uncertain.limit_amount is not distinct from certain.limit_amount
        and uncertain.limit_currency is not distinct from certain.limit_currency

),

both_answers as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        true as is_certain,
        rule_id,
        'known' as coverage,
        shipments,
        claims,
        oversize_count,
        total_amount,
        total_usd
    from certain
    union all
    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        false as is_certain,
        rule_id,
        coverage,
        shipments,
        claims,
        oversize_count,
        total_amount,
        total_usd
    from possible

),

measured as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        is_certain,
        rule_id,
        coverage,
        cast(shipments as bigint) as shipments,
        cast(claims as bigint) as claims,
        cast(oversize_count as bigint) as oversize_count,
        cast(total_amount as decimal(18, 2)) as total_amount,
        cast(total_usd as decimal(18, 2)) as total_usd,
        coalesce(
            shipments >= $min_pieces
            and claims > 0
            and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end,
            false
        ) as is_over_limit
    from both_answers

)

select * from measured
