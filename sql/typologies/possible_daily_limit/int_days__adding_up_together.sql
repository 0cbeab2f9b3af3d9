-- Two identities of one day, held apart, whose claimed pieces are over the limit only if they and perhaps more are one.
-- grain: identity_id_l, identity_id_r, arrival_date, pool, limit_amount, limit_currency
-- They are found by a house number and the first digits of a ZIP code, or by a phone but for one digit. Who shares an
-- order, or was judged to be two, is left out. Two that come near the limit may pass it with a third.

with
keyed as (select * from int_days__keyed_to_places),

days as (select * from int_days__claimed_by_identities),

shipments as (select * from int_shipments__matched_to_rules),

orders as (select * from int_shipments__keyed_to_orders),

members as (select * from identity_members),

judgements as (select * from judgements),

-- of two days that come to so much together one has half of it or more
large as (

    select * from keyed
    where total_amount * $min_pieces >= cast(limit_amount * $min_candidate_share as decimal(18, 4))

),

met as (

    select
        large.identity_id as large_id,
        keyed.identity_id as other_id,
        large.arrival_date,
        large.pool,
        large.limit_amount,
        large.limit_currency,
        large.total_amount + keyed.total_amount as total_amount,
        large.is_over_limit and keyed.is_over_limit as are_both_over_limit
    from large
    inner join keyed on
        large.found_by = keyed.found_by
        and large.arrival_date = keyed.arrival_date
        and large.pool = keyed.pool
        and large.limit_amount = keyed.limit_amount
        and large.limit_currency = keyed.limit_currency
    where large.identity_id <> keyed.identity_id
    qualify count(*) over (
            partition by
                large.identity_id, large.arrival_date, large.pool, large.limit_amount, large.limit_currency,
                large.found_by
        ) <= $max_neighbors

),

passing as (

    select distinct
        least(large_id, other_id) as identity_id_l,
        greatest(large_id, other_id) as identity_id_r,
        arrival_date,
        pool,
        limit_amount,
        limit_currency
    from met
    where
        not are_both_over_limit
        and total_amount >= cast(limit_amount * $min_candidate_share as decimal(18, 4))

),

last_words as (

    select
        alias_id_l,
        alias_id_r,
        verdict
    from judgements
    qualify row_number() over (partition by alias_id_l, alias_id_r order by judged_at desc) = 1

),

told_apart as (

    select distinct
        least(members_l.identity_id, members_r.identity_id) as identity_id_l,
        greatest(members_l.identity_id, members_r.identity_id) as identity_id_r
    from last_words
    inner join members as members_l on last_words.alias_id_l = members_l.alias_id
    inner join members as members_r on last_words.alias_id_r = members_r.alias_id
    where last_words.verdict = 'different'

),

passed as (

    select identity_id_l as identity_id from passing
    union
    select identity_id_r as identity_id from passing

),

ordered as (

    select distinct
        shipments.identity_id,
        orders.order_key
    from shipments
    inner join passed on shipments.identity_id = passed.identity_id
    inner join orders on shipments.shipment_uid = orders.shipment_uid

),

of_one_order as (

    select distinct
        passing.identity_id_l,
        passing.identity_id_r
    from passing
    inner join ordered as ordered_l on passing.identity_id_l = ordered_l.identity_id
    inner join ordered as ordered_r on
        passing.identity_id_r = ordered_r.identity_id
        and ordered_l.order_key = ordered_r.order_key

),

open_pairs as (

    select passing.*
    from passing
    left join told_apart on
        passing.identity_id_l = told_apart.identity_id_l
        and passing.identity_id_r = told_apart.identity_id_r
    left join of_one_order on
        passing.identity_id_l = of_one_order.identity_id_l
        and passing.identity_id_r = of_one_order.identity_id_r
    where told_apart.identity_id_l is null and of_one_order.identity_id_l is null

),

seen as (

    select
        days.identity_id,
        count(distinct days.arrival_date) as day_count
    from days
    inner join passed on days.identity_id = passed.identity_id
    group by days.identity_id

),

measured as (

    select
        open_pairs.*,
        case
            when $boundary = 'at' then days_l.total_amount + days_r.total_amount >= open_pairs.limit_amount
            else days_l.total_amount + days_r.total_amount > open_pairs.limit_amount
        end as is_over_limit,
        days_l.total_amount as total_amount_l,
        days_r.total_amount as total_amount_r,
        days_l.shipments as shipments_l,
        days_r.shipments as shipments_r,
        seen_l.day_count as day_count_l,
        seen_r.day_count as day_count_r
    from open_pairs
    inner join days as days_l on
        open_pairs.identity_id_l = days_l.identity_id
        and open_pairs.arrival_date = days_l.arrival_date
        and open_pairs.pool = days_l.pool
        and open_pairs.limit_amount = days_l.limit_amount
        and open_pairs.limit_currency = days_l.limit_currency
    inner join days as days_r on
        open_pairs.identity_id_r = days_r.identity_id
        and open_pairs.arrival_date = days_r.arrival_date
        and open_pairs.pool = days_r.pool
        and open_pairs.limit_amount = days_r.limit_amount
        and open_pairs.limit_currency = days_r.limit_currency
    inner join seen as seen_l on open_pairs.identity_id_l = seen_l.identity_id
    inner join seen as seen_r on open_pairs.identity_id_r = seen_r.identity_id

)

select * from measured
