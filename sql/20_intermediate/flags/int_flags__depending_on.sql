-- One flag over a limit and what it hangs on: up to which threshold it stands, and what clears it, as counter-reasons.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

surviving as (select * from int_flags__surviving_thresholds),

cuts as (select * from int_flags__depending_on_one_record),

sentences as (

    select
        flag_id,
        cut,
        reason
    from cuts
    where is_told
    union all
    select
        flag_id,
        'threshold' as cut,
        'At a stricter threshold of ' || cast(falls_at_threshold as varchar)
        || ' on who is who no part of it is over the limit.' as reason
    from surviving
    where falls_at_threshold < 1

),

joined as (

    select
        flag_id,
        string_agg('"' || reason || '"', ', ' order by cut) as counter_reasons,
        max(case when cut = 'piece' then 1 else 0 end) = 1 as is_piece_told
    from sentences
    group by flag_id

),

hanging as (

    select
        flags.flag_id,
        coalesce(surviving.survives_to_threshold, 1) as survives_to_threshold,
        joined.counter_reasons,
        coalesce(joined.is_piece_told, false) as is_piece_told
    from flags
    left join surviving on flags.flag_id = surviving.flag_id
    left join joined on flags.flag_id = joined.flag_id

)

select * from hanging
