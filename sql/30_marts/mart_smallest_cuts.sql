-- One flag and the fewest shipments without which it would not stand.
-- grain: flag_id

with
cuts as (select * from int_flags__cut_short)

select * from cuts
