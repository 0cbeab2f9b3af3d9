-- One flag of a person and the strictest threshold on who is who at which a part of it is still over the limit.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

regrouped as (select * from int_flags__regrouped_by_threshold),

thresholds as (select * from identity_thresholds),

central as (

    select
        flags.flag_id,
        thresholds.threshold
    from flags
    cross join thresholds
    where flags.is_of_person and thresholds.standing = 'central'

),

standing as (

    select
        flag_id,
        threshold
    from regrouped
    where is_over_limit
    union all
    select
        flag_id,
        threshold
    from central

),

fallen as (

    select
        flag_id,
        min(threshold) as falls_at_threshold
    from regrouped
    where not is_over_limit
    group by flag_id

),

surviving as (

    select
        standing.flag_id,
        max(standing.threshold) as survives_to_threshold,
        min(fallen.falls_at_threshold) as falls_at_threshold
    from standing
    left join fallen on standing.flag_id = fallen.flag_id
    group by standing.flag_id

)

select * from surviving
