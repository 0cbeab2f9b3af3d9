-- One flag and a harmless reason that its shipments show: the flag is explained by it, or ranks lower.
-- grain: flag_id, benign

with
explained as (select * from int_flags__explained_benignly)

select * from explained
