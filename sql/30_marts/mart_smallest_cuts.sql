-- One flag and the fewest shipments without which it would not stand.
-- grain: flag_id

with
cuts as (select * from int_flags__cut_short),

texts as (select * from smallest_cut_texts),

worded as (

    select
        cuts.*,
        texts.statement
    from cuts
    inner join texts on cuts.flag_id = texts.flag_id

)

select * from worded
