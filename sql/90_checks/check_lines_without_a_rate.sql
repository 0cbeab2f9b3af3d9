-- Lines in force that could not be valued in USD.
-- grain: landed_id

with
lines as (select * from int_lines__valued_in_usd),

unvalued as (

    select
        landed_id,
        currency,
        arrival_date
    from lines
    where exact_value_usd is null

)

select * from unvalued
