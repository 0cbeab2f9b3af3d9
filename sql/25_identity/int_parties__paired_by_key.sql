-- One row per pair of parties worth comparing: all of a small block, neighbours by name of a large one.
-- grain: record_l, record_r

with
grouped as (select * from int_parties__grouped_by_key),

small as (

    select
        one.record_no as one_no,
        other.record_no as other_no,
        one.sign_bits
    from grouped as one
    inner join grouped as other on one.block_key = other.block_key and one.place_no < other.place_no
    where one.stretch_no is null and other.stretch_no is null

),

near as (

    select
        block_key,
        record_no,
        place_no,
        stretch_no
    from grouped
    where stretch_no is not null
    union all
    select
        block_key,
        record_no,
        place_no,
        stretch_no - 1 as stretch_no
    from grouped
    where stretch_no is not null

),

walked as (

    select
        one.record_no as one_no,
        other.record_no as other_no,
        one.sign_bits
    from grouped as one
    inner join near as other on
        one.block_key = other.block_key
        and one.stretch_no = other.stretch_no
        and one.place_no < other.place_no
        and one.place_no + $window_size >= other.place_no

),

brought_up as (

    select * from small
    union all
    select * from walked

),

paired as (

    select
        least(one_no, other_no) as record_l,
        greatest(one_no, other_no) as record_r,
        bit_or(sign_bits) as sign_bits
    from brought_up
    group by least(one_no, other_no), greatest(one_no, other_no)

),

worth_comparing as (

    select
        record_l,
        record_r
    from paired
    where bit_count(sign_bits) >= $min_signs

)

select * from worth_comparing
