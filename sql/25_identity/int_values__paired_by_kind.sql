-- One row per kind of value: how many records have one, and how many pairs of records have the same.
-- grain: kind_no

with
party_values as (select * from party_values),

shared as (select * from int_values__shared_by_records),

counted as (

    select
        kind_no,
        count(*) as record_count
    from party_values
    group by kind_no

),

paired as (

    select
        kind_no,
        cast(sum(record_count * (record_count - 1)) as bigint) as ordered_pair_count
    from shared
    group by kind_no

),

of_each_kind as (

    select
        counted.kind_no,
        counted.record_count,
        coalesce(paired.ordered_pair_count, 0) as ordered_pair_count
    from counted
    left join paired on counted.kind_no = paired.kind_no

)

select * from of_each_kind
