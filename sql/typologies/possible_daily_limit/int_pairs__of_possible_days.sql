-- One pair of identities that a possible_daily_limit flag takes for one party, and what each sign of it says.
-- grain: flag_id, identity_id_l, identity_id_r

with
members as (select * from int_members__possible_daily_limit),

pairs as (select * from possible_pairs),

flagged_days as (

    select distinct
        flag_id,
        part_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency
    from members

),

of_flags as (

    select
        days_l.flag_id,
        pairs.*
    from pairs
    inner join flagged_days as days_l on
        pairs.identity_id_l = days_l.part_id
        and pairs.arrival_date = days_l.arrival_date
        and pairs.pool = days_l.pool
        and pairs.limit_amount = days_l.limit_amount
        and pairs.limit_currency = days_l.limit_currency
    inner join flagged_days as days_r on
        pairs.identity_id_r = days_r.part_id
        and days_l.flag_id = days_r.flag_id

)

select * from of_flags
