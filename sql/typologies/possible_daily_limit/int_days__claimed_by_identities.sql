-- One identity, day, pool and limit with claimed pieces within the limit: all that may belong, added up.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency
-- by: identity_id, arrival_date
-- shown: it only chooses among rows that are kept; the sure ones with no other beside them are nearly all there are

with
identity_days as (select * from int_shipments__summed_to_identity_day),

uncertain as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency
    from identity_days
    where not is_certain and limit_amount is not null and claims > 0

),

claimed as (

    select
        identity_days.identity_id,
        identity_days.arrival_date,
        identity_days.pool,
        identity_days.limit_amount,
        identity_days.limit_currency,
        identity_days.is_certain,
        identity_days.coverage,
        identity_days.rule_id,
        identity_days.shipments,
        identity_days.oversize_count,
        identity_days.total_amount,
        identity_days.total_usd,
        identity_days.is_over_limit
    from identity_days
    left join uncertain on
        identity_days.identity_id = uncertain.identity_id
        and identity_days.arrival_date = uncertain.arrival_date
        and identity_days.pool = uncertain.pool
        and identity_days.limit_amount = uncertain.limit_amount
        and identity_days.limit_currency is not distinct from uncertain.limit_currency
    where
        identity_days.limit_amount is not null
        and identity_days.claims > 0
        and (not identity_days.is_certain or uncertain.identity_id is null)

)

select * from claimed
