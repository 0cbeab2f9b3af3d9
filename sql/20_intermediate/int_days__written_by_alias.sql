-- One identity, day, pool and limit with an alias under which pieces were claimed that day, and what it is found by.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency, alias_id
-- Not told in a pruned run: what is usual between neighbors is learned from everybody.

with
chosen as (select * from int_resolution__chosen),

days as (select * from int_days__claimed_by_identities),

shipments as (select * from int_shipments__matched_to_rules),

found_by as (select * from party_places),

written as (

    select distinct
        shipments.identity_id,
        shipments.arrival_date,
        shipments.pool,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.alias_id
    from shipments
    inner join chosen on chosen.resolve = 'all'
    where
        shipments.identity_id is not null
        and shipments.is_summed
        and shipments.limit_amount is not null
        and not shipments.is_oversize

),

placed as (

    select
        days.identity_id,
        days.arrival_date,
        days.pool,
        days.limit_amount,
        days.limit_currency,
        days.total_amount,
        days.is_over_limit,
        written.alias_id,
        found_by.place_key,
        found_by.phone_key_1,
        found_by.phone_key_2,
        found_by.phone_key_3,
        found_by.phone_key_4
    from days
    inner join written on
        days.identity_id = written.identity_id
        and days.arrival_date = written.arrival_date
        and days.pool = written.pool
        and days.limit_amount = written.limit_amount
        and days.limit_currency = written.limit_currency
    inner join found_by on written.alias_id = found_by.alias_id

)

select * from placed
