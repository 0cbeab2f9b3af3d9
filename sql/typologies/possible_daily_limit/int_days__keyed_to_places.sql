-- One identity, day, pool and limit with a house or most digits of a phone by which another writing may be found.
-- grain: identity_id, arrival_date, pool, limit_amount, limit_currency, found_by
-- Of no place but those of identities with a day large enough to come to so much with another of the same day.
-- Not told in a pruned run: what is usual between neighbors is learned from everybody.

with
chosen as (select * from int_resolution__scoped),

days as (select * from int_days__claimed_by_identities),

shipments as (select * from int_shipments__matched_to_rules),

members as (select * from identity_members),

places as (select * from party_places),

large as (

    select distinct days.identity_id
    from days
    inner join chosen on chosen.resolve = 'all'
    where days.total_amount * $min_pieces >= cast(days.limit_amount * $min_candidate_share as decimal(18, 4))

),

sought as (

    select distinct places.found_by
    from places
    inner join members on places.alias_id = members.alias_id
    inner join large on members.identity_id = large.identity_id

),

shared as (

    select
        places.alias_id,
        places.found_by
    from places
    inner join sought on places.found_by = sought.found_by
    qualify count(*) over (partition by places.found_by) > 1

),

found as (select distinct alias_id from shared),

written as (

    select distinct
        shipments.identity_id,
        shipments.arrival_date,
        shipments.pool,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.alias_id
    from shipments
    inner join found on shipments.alias_id = found.alias_id
    where
        shipments.identity_id is not null
        and shipments.is_summed
        and shipments.limit_amount is not null
        and not shipments.is_oversize

),

keyed as (

    select distinct
        days.identity_id,
        days.arrival_date,
        days.pool,
        days.limit_amount,
        days.limit_currency,
        days.total_amount,
        days.is_over_limit,
        shared.found_by
    from days
    inner join written on
        days.identity_id = written.identity_id
        and days.arrival_date = written.arrival_date
        and days.pool = written.pool
        and days.limit_amount = written.limit_amount
        and days.limit_currency = written.limit_currency
    inner join shared on written.alias_id = shared.alias_id

)

select * from keyed
