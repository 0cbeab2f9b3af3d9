-- Days of a person on which the claimed pieces of one sure answer are not each counted once.
-- grain: identity_id, arrival_date, pool
-- by: identity_id, arrival_date

with
shipments as (select * from int_shipments__matched_to_rules),

totals as (select * from mart_daily_totals),

claimed as (

    select
        identity_id,
        arrival_date,
        pool,
        count(*) as pieces
    from shipments
    where
        is_summed
        and coverage = 'known'
        and identity_id is not null
        and arrival_date between $from_date and $to_date
    group by identity_id, arrival_date, pool

),

counted as (

    select
        identity_id,
        arrival_date,
        pool,
        sum(shipments + oversize_count) as pieces
    from totals
    where coverage = 'known'
    group by identity_id, arrival_date, pool

),

disagreeing as (

    select
        coalesce(claimed.identity_id, counted.identity_id) as identity_id,
        coalesce(claimed.arrival_date, counted.arrival_date) as arrival_date,
        coalesce(claimed.pool, counted.pool) as pool,
        claimed.pieces as pieces_claimed,
        counted.pieces as pieces_counted
    from claimed
    full outer join counted on
        claimed.identity_id = counted.identity_id
        and claimed.arrival_date = counted.arrival_date
        and claimed.pool = counted.pool
    where claimed.pieces is distinct from counted.pieces

)

select * from disagreeing
