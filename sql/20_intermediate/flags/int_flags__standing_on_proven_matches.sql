-- One flag of a person that is over its limit by what proven matches hold together alone.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

parts as (select * from identity_proven_parts),

by_part as (

    select
        flags.flag_id,
        parts.part_id,
        min(flags.limit_amount) as limit_amount,
        count(*) as shipments,
        sum(members.amount) as total_amount
    from flags
    inner join members on flags.flag_id = members.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    left join parts on shipments.alias_id = parts.alias_id
    where flags.is_of_person
    group by flags.flag_id, parts.part_id

),

standing as (

    select distinct flag_id
    from by_part
    where shipments >= $min_pieces and total_amount > limit_amount

)

select * from standing
