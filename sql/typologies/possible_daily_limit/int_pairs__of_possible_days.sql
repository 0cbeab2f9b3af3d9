-- One pair of identities that a possible_daily_limit flag takes for one party, with what speaks for it.
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

),

worded as (

    select
        of_flags.*,
        concat_ws(
            ', ',
            case name
                when 'same' then 'names of the same letters'
                when 'slip' then 'names one slip apart'
                when 'initial' then 'a name that is initial and surname of the other'
                when 'variant' then 'variants of one given name'
                when 'close' then 'names a few slips apart'
                when 'alike' then 'names that resemble each other'
                when 'two names' then 'known names of two people'
                when 'other' then 'different names'
            end,
            case when kind = 'elsewhere' then 'different addresses' end,
            case unit
                when 'same' then 'the same unit'
                when 'other' then 'different units'
            end,
            case phone
                when 'same' then 'the same phone'
                when 'slip' then 'phones one digit apart'
                when 'other' then 'different phones'
            end,
            case email
                when 'same' then 'the same e-mail address'
                when 'slip' then 'e-mail addresses a slip apart'
                when 'other' then 'different e-mail addresses'
            end
        ) as grounds
    from of_flags

)

select * from worded
