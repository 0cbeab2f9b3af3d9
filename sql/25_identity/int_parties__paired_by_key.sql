-- One row per pair of parties worth comparing: all of a small block, neighbours by name of a large one.
-- grain: record_l, record_r

with
grouped as (select * from int_parties__grouped_by_key),

paired as (

    select
        least(one.record_no, other.record_no) as record_l,
        greatest(one.record_no, other.record_no) as record_r,
        bit_or(one.sign_bits) as sign_bits
    from grouped as one
    inner join grouped as other on
        one.block_key = other.block_key
        and one.place_no < other.place_no
        and (one.party_count <= $max_block or one.place_no + $window_size >= other.place_no)
    group by least(one.record_no, other.record_no), greatest(one.record_no, other.record_no)

),

worth_comparing as (

    select
        record_l,
        record_r
    from paired
    where bit_count(sign_bits) >= $min_signs

)

select * from worth_comparing
