-- One row per pair of parties worth comparing: everybody with everybody in a small block, neighbours by name in a large one.
-- grain: record_l, record_r

with
grouped as (select * from int_parties__grouped_by_key),

paired as (

    select
        least(one.record_no, other.record_no) as record_l,
        greatest(one.record_no, other.record_no) as record_r
    from grouped as one
    inner join grouped as other on
        one.block_key = other.block_key and
        other.place_no > one.place_no and
        (one.party_count <= $max_block or other.place_no <= one.place_no + $window_size)

)

select distinct
    record_l,
    record_r
from paired
order by record_l, record_r
