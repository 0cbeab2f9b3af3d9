-- One daily_limit flag and date basis, and whether it stands on that date.
-- grain: flag_id, date_basis

with
moved as (select * from int_crossings__moved_to_other_dates)

select * from moved
