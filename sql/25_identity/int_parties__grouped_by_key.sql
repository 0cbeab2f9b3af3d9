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

)

select * from small_or_walked
