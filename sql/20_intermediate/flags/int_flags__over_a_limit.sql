-- One flag whose pieces are each within a limit and over it together, and whether that rests on who the person is.
-- grain: flag_id

with
daily_limit as (select * from int_crossings__daily_limit),

order_split as (select * from int_crossings__order_split),

informal_entry_split as (select * from int_crossings__informal_entry_split),

united as (

    select
        flag_id,
        'daily_limit' as typology,
        shipments,
        total_amount,
        total_usd,
        limit_amount,
        limit_currency,
        true as is_of_person
    from daily_limit
    union all
    select
        flag_id,
        'order_split' as typology,
        shipments,
        total_amount,
        total_usd,
        limit_amount,
        limit_currency,
        is_persons_own as is_of_person
    from order_split
    union all
    select
        flag_id,
        'informal_entry_split' as typology,
        shipments,
        total_amount,
        total_usd,
        limit_amount,
        limit_currency,
        way <> 'order' as is_of_person
    from informal_entry_split

)

select * from united
