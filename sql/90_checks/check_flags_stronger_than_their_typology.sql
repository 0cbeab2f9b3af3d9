-- Flags that are said to be stronger than a flag of their typology can be.
-- grain: flag_id

with
flags as (select * from mart_flags),

typologies as (
    select * from ref_typologies
    where regime = $regime
),

strongest as (

    select
        typology,
        max(case strength when 'objective' then 1 when 'inferred' then 0 else -1 end) as strength
    from typologies
    group by typology

),

stronger as (

    select
        flags.flag_id,
        flags.typology,
        flags.strength
    from flags
    inner join strongest on flags.typology = strongest.typology
    where case flags.strength when 'objective' then 1 when 'inferred' then 0 else -1 end > strongest.strength

)

select * from stronger
