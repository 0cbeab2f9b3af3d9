-- One flag of a person and stricter threshold: what of it is still over the limit where its person falls into parts.
-- grain: flag_id, threshold

with
flags as (select * from int_flags__over_a_limit),

members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

thresholds as (

    select * from identity_thresholds
    where standing in ('stricter', 'low', 'certain')

),

parts as (select * from identity_parts),

by_part as (

    select
        flags.flag_id,
        thresholds.threshold,
        parts.part_id,
        min(flags.limit_amount) as limit_amount,
        count(*) as shipments,
        sum(members.amount) as total_amount,
        sum(shipments.value_usd) as total_usd
    from flags
    inner join members on flags.flag_id = members.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    cross join thresholds
    left join parts on
        shipments.alias_id = parts.alias_id
        and thresholds.threshold = parts.threshold
    where flags.is_of_person
    group by flags.flag_id, thresholds.threshold, parts.part_id

),

judged as (

    select
        by_part.*,
        shipments >= $min_pieces and total_amount > limit_amount as is_over_limit
    from by_part

),

summed as (

    select
        flag_id,
        threshold,
        max(case when is_over_limit then 1 else 0 end) = 1 as is_over_limit,
        cast(coalesce(sum(shipments) filter (where is_over_limit), 0) as bigint) as shipments,
        cast(coalesce(sum(total_usd) filter (where is_over_limit), 0) as decimal(18, 2)) as total_usd
    from judged
    group by flag_id, threshold

)

select * from summed
