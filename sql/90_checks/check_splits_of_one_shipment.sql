-- Splits that name fewer pieces than a split has, or do not go over their limit.
-- grain: flag_id

with
flags as (select * from mart_flags),

hollow as (

    select
        flag_id,
        typology,
        shipments,
        excess_usd
    from flags
    where limit_amount is not null and (shipments < $min_pieces or excess_usd < 0)

)

select * from hollow
