-- One daily_limit or suspended_claim flag and date basis, and whether it stands on that date.
-- grain: flag_id, date_basis

with
moved as (

    select * from int_crossings__moved_to_other_dates
    union all
    select * from int_claims__moved_to_other_dates

)

select * from moved
