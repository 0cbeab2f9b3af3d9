-- One identity, day, pool and limit with claimed pieces within the limit: all that may belong, added up.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency
-- by: identity_id, arrival_date

with
identity_days as (select * from int_shipments__summed_to_identity_day),

claimed as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        is_certain,
        coverage,
        rule_id,
        shipments,
        oversize_count,
        total_amount,
        total_usd,
        is_over_limit
    from identity_days
    where limit_amount is not null and claims > 0
    qualify row_number() over (
            partition by identity_id, arrival_date, pool, limit_amount, limit_currency
            order by is_certain
        ) = 1

)

select * from claimed
