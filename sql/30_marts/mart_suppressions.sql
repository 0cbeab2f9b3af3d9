-- One flag and an innocent explanation that its shipments show: the flag is explained by it, or ranks lower.
-- grain: flag_id, benign

with
explained as (select * from int_flags__explained_benignly),

texts as (select * from suppression_texts),

worded as (

    select
        explained.flag_id,
        explained.typology,
        explained.benign,
        explained.effect,
        texts.reason,
        explained.source,
        explained.confidence
    from explained
    inner join texts on explained.flag_id = texts.flag_id and explained.benign = texts.benign

)

select * from worded
