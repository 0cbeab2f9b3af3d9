-- One person, day, pool, limit and coverage: the exempted pieces, oversize pieces set aside, added up.
-- grain: regime, identity_id, arrival_date, pool, rule_id, coverage
-- by: identity_id, arrival_date
-- shown: the identity days themselves, but for a column

with
identity_days as (select * from int_shipments__summed_to_identity_day),

totals as (

    select
        $regime as regime,
        identity_id,
        arrival_date,
        pool,
        rule_id,
        coverage,
        shipments,
        oversize_count,
        total_amount,
        total_usd,
        limit_amount,
        limit_currency,
        is_over_limit
    from identity_days

)

select * from totals
