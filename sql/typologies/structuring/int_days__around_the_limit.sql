-- One day on which a person received about as much as the limit: three bands below it to three above.
-- grain: identity_id, pool, limit_currency, arrival_date
-- by: identity_id
-- follows: int_lines__valued_in_usd by shipment_uid

with
lines as (select * from int_lines__valued_in_usd),

answers as (

    select * from int_shipments__beside_limits
    where identity_id is not null

),

days as (

    select
        identity_id,
        pool,
        limit_currency,
        arrival_date,
        max(limit_amount) as limit_amount,
        cast(sum(amount) as decimal(18, 2)) as all_amount,
        cast(
            coalesce(sum(amount) filter (where is_free), 0) as decimal(18, 2)
        ) as free_amount
    from answers
    group by identity_id, pool, limit_currency, arrival_date

),

placed as (

    select
        days.*,
        free_amount <= limit_amount
        and free_amount > cast(limit_amount * (1 - $near_days_share) as decimal(18, 4)) as is_near,
        case
            when
                free_amount <= limit_amount
                and free_amount > cast(
                    limit_amount * (1 - $near_days_share - $near_days_share - $near_days_share) as decimal(18, 4)
                )
                then free_amount
            when
                all_amount > limit_amount
                and all_amount <= cast(
                    limit_amount * (1 + $near_days_share + $near_days_share + $near_days_share) as decimal(18, 4)
                )
                then all_amount
        end as counted_amount
    from days

),

around as (

    select * from placed
    where counted_amount is not null

),

around_answers as (

    select
        around.identity_id,
        around.pool,
        around.limit_currency,
        around.arrival_date,
        answers.shipment_uid,
        answers.amount
    from around
    inner join answers on
        around.identity_id = answers.identity_id
        and around.pool = answers.pool
        and around.limit_currency = answers.limit_currency
        and around.arrival_date = answers.arrival_date

),

-- a shipment may stand beside two limits
around_shipments as (select distinct shipment_uid from around_answers),

goods as (

    select
        lines.shipment_uid,
        case
            when count(lines.product_id) = count(*)
                then string_agg(upper(trim(lines.product_id)), ' ' order by lines.product_id)
        end as goods
    from lines
    inner join around_shipments on lines.shipment_uid = around_shipments.shipment_uid
    group by lines.shipment_uid

),

-- the same goods for the same money tell the price of a thing, once
contents as (

    select
        around_answers.identity_id,
        around_answers.pool,
        around_answers.limit_currency,
        around_answers.arrival_date,
        case
            when count(goods.goods) = count(*)
                then
                    string_agg(
                        cast(around_answers.amount as varchar) || ' ' || goods.goods, ', '
                        order by around_answers.amount, goods.goods
                    )
        end as content
    from around_answers
    inner join goods on around_answers.shipment_uid = goods.shipment_uid
    group by
        around_answers.identity_id,
        around_answers.pool,
        around_answers.limit_currency,
        around_answers.arrival_date

),

told as (

    select
        around.*,
        cast(date_trunc('quarter', around.arrival_date) as date) as quarter_start,
        contents.content is not null
        and row_number() over (
            partition by around.identity_id, around.pool, around.limit_currency, contents.content
            order by around.arrival_date
        ) > 1 as is_repeat
    from around
    inner join contents on
        around.identity_id = contents.identity_id
        and around.pool = contents.pool
        and around.limit_currency = contents.limit_currency
        and around.arrival_date = contents.arrival_date

)

select * from told
