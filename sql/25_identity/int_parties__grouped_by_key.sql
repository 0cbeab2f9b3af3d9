-- One row per party and blocking key that it shares with another party, numbered within the key.
-- grain: block_key, record_no

with
keys as (select * from party_block_keys),

grouped as (

    select
        block_key,
        record_no,
        is_windowed,
        sign_bits,
        row_number() over (partition by block_key order by name_rank, record_no) as place_no,
        count(*) over (partition by block_key) as party_count
    from keys

),

small_or_walked as (

    select * from grouped
    where party_count > 1 and (is_windowed or party_count <= $max_block)

),

-- a large block is cut into stretches: who is near each other stands in one, or in two that follow each other
in_stretches as (

    select
        *,
        case when party_count > $max_block then cast(floor(place_no / $window_size) as bigint) end as stretch_no
    from small_or_walked

)

select * from in_stretches
