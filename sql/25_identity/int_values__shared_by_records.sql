-- One row per kind of value and value that several records have.
-- grain: kind_no, value_no

with
party_values as (select * from party_values),

counted as (

    select
        kind_no,
        value_no,
        count(*) as record_count
    from party_values
    group by kind_no, value_no

),

shared as (

    select * from counted
    where record_count > 1

)

select * from shared
