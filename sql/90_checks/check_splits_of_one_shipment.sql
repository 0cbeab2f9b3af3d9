-- Splits that name fewer shipments than a split has, and flags of a limit that do not go over it.
-- grain: flag_id

with
flags as (select * from mart_flags),

-- what is over a limit by itself needs no second shipment
alone as (

    select distinct typology from ref_typologies
    where regime = $regime and stands_on = 'each'

),

hollow as (

    select
        flags.flag_id,
        flags.typology,
        flags.shipments,
        flags.excess_usd
    from flags
    left join alone on flags.typology = alone.typology
    where
        flags.limit_amount is not null
        and ((flags.shipments < $min_pieces and alone.typology is null) or flags.excess_usd < 0)

)

select * from hollow
