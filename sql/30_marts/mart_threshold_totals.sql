-- One week, typology and threshold on who is who: the flags that stand there and what their pieces are worth.
-- grain: week_start, regime, typology, threshold

with
flag_thresholds as (select * from mart_flag_thresholds),

weekly as (

    select
        cast(date_trunc('week', window_end) as date) as week_start,
        regime,
        typology,
        threshold,
        standing,
        count(*) filter (where stands) as flags,
        cast(coalesce(sum(total_usd) filter (where stands), 0) as decimal(18, 2)) as total_usd
    from flag_thresholds
    group by cast(date_trunc('week', window_end) as date), regime, typology, threshold, standing

)

select * from weekly
