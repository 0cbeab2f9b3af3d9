-- One person, day and pool whose pieces were free one by one and were over the limit together.
-- grain: flag_id

with
identity_days as (select * from int_shipments__summed_to_identity_day),

over_limit as (

    select * from identity_days
    where is_over_limit
    qualify row_number() over (
            partition by identity_id, arrival_date, pool, limit_amount, limit_currency
            order by is_certain desc
        ) = 1

),

named as (

    select
        over_limit.*,
        'identity ' || identity_id || ', ' || cast(arrival_date as varchar) || ', ' || pool as subject
    from over_limit

),

keyed as (

    select
        flag_id($regime, 'daily_limit', subject, rule_id, $id_digits) as flag_id,
        named.*
    from named

)

select * from keyed
