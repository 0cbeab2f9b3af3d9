-- One identity, day, pool and limit with a house or most digits of a phone by which another writing may be found.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency, found_by
-- by: identity_id, arrival_date

with
written as (select * from int_days__written_by_alias),

keyed as (

    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        total_amount,
        is_over_limit,
        'place ' || place_key as found_by
    from written
    where place_key is not null
    union all
    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        total_amount,
        is_over_limit,
        'phone 1 ' || phone_key_1 as found_by
    from written
    where phone_key_1 is not null
    union all
    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        total_amount,
        is_over_limit,
        'phone 2 ' || phone_key_2 as found_by
    from written
    where phone_key_2 is not null
    union all
    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        total_amount,
        is_over_limit,
        'phone 3 ' || phone_key_3 as found_by
    from written
    where phone_key_3 is not null
    union all
    select
        identity_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        total_amount,
        is_over_limit,
        'phone 4 ' || phone_key_4 as found_by
    from written
    where phone_key_4 is not null

),

distinct_keys as (select distinct * from keyed)

select * from distinct_keys
