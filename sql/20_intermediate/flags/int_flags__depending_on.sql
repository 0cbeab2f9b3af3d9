-- One flag over a limit and what it hangs on: up to which threshold it stands, where it falls, which things clear it.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

surviving as (select * from int_flags__surviving_thresholds),

cuts as (select * from int_flags__depending_on_one_record),

texts as (select * from single_cut_texts),

joined as (

    select
        cuts.flag_id,
        string_agg(cuts.cut, '|' order by cuts.cut) as cut_codes,
        string_agg(texts.reason, '|' order by cuts.cut) as cut_reasons,
        max(case when cuts.cut = 'piece' then 1 else 0 end) = 1 as is_piece_told
    from cuts
    inner join texts on cuts.flag_id = texts.flag_id and cuts.cut = texts.cut
    where cuts.is_told
    group by cuts.flag_id

),

hanging as (

    select
        flags.flag_id,
        coalesce(surviving.survives_to_threshold, 1) as survives_to_threshold,
        case when surviving.falls_at_threshold < 1 then surviving.falls_at_threshold end as falls_at_threshold,
        joined.cut_codes,
        joined.cut_reasons,
        coalesce(joined.is_piece_told, false) as is_piece_told
    from flags
    left join surviving on flags.flag_id = surviving.flag_id
    left join joined on flags.flag_id = joined.flag_id

)

select * from hanging
