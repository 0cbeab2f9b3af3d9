-- One person, pool and last day of a rolling window whose exempted pieces are over the limit of that day together.
-- grain: identity_id, pool, window_end

with
identity_days as (select * from int_shipments__summed_to_identity_day),

sure_days as (

    select
        identity_id,
        pool,
        arrival_date,
        rule_id,
        limit_amount,
        limit_currency,
        shipments,
        total_amount,
        total_usd
    from identity_days
    where $rolling_window_days > 0 and is_certain and limit_amount is not null and shipments > 0

),

rolled as (

    select
        days.identity_id,
        days.pool,
        days.arrival_date as window_end,
        days.rule_id,
        days.limit_amount,
        days.limit_currency,
        min(earlier.arrival_date) as window_start,
        count(distinct earlier.arrival_date) as day_count,
        cast(sum(earlier.shipments) as bigint) as shipments,
        cast(sum(earlier.total_amount) as decimal(18, 2)) as total_amount,
        cast(sum(earlier.total_usd) as decimal(18, 2)) as total_usd
    from sure_days as days
    inner join sure_days as earlier on
        days.identity_id = earlier.identity_id
        and days.pool = earlier.pool
        and days.limit_currency = earlier.limit_currency
        and date_diff('day', earlier.arrival_date, days.arrival_date) between 0 and $rolling_window_days - 1
    group by
        days.identity_id, days.pool, days.arrival_date, days.rule_id, days.limit_amount, days.limit_currency

),

over_limit as (

    select
        $regime as regime,
        identity_id,
        pool,
        window_start,
        window_end,
        day_count,
        shipments,
        total_amount,
        total_usd,
        limit_amount,
        limit_currency,
        rule_id
    from rolled
    where
        day_count > 1
        and shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end
    qualify row_number() over (
            partition by identity_id, pool, window_end
            order by total_amount desc, rule_id asc
        ) = 1

)

select * from over_limit
