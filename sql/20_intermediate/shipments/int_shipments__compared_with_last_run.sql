-- One shipment of a flag, in this run or in the last one, and what is different about it.
-- grain: flag_id, shipment_uid

with
flags as (

    select
        flag_id,
        typology,
        strength,
        window_end
    from mart_flags
    where not is_suppressed

),

members as (select * from mart_flag_shipments),

shipments as (select * from mart_shipments),

previous_flags as (

    select
        flag_id,
        typology,
        strength,
        window_end
    from last_flags
    where not is_suppressed

),

previous_members as (select * from last_flag_shipments),

previous_shipments as (select * from last_shipments),

identity_changes as (

    select distinct identity_id
    from identity_changes
    where cause = 'human'

),

facts as (

    select * from run_facts
    where last_run_id is not null

),

current_pieces as (

    select
        flags.flag_id,
        flags.typology,
        flags.strength,
        flags.window_end,
        members.shipment_uid
    from flags
    inner join members on flags.flag_id = members.flag_id

),

last_pieces as (

    select
        previous_flags.flag_id,
        previous_flags.typology,
        previous_flags.strength,
        previous_flags.window_end,
        previous_members.shipment_uid
    from previous_flags
    inner join previous_members on previous_flags.flag_id = previous_members.flag_id

),

paired as (

    select
        coalesce(current_pieces.flag_id, last_pieces.flag_id) as flag_id,
        coalesce(current_pieces.typology, last_pieces.typology) as typology,
        coalesce(current_pieces.strength, last_pieces.strength) as strength,
        coalesce(current_pieces.window_end, last_pieces.window_end) as window_end,
        coalesce(current_pieces.shipment_uid, last_pieces.shipment_uid) as shipment_uid,
        current_pieces.flag_id is not null as is_in_now,
        last_pieces.flag_id is not null as is_in_before
    from current_pieces
    full outer join last_pieces on
        current_pieces.flag_id = last_pieces.flag_id
        and current_pieces.shipment_uid = last_pieces.shipment_uid

),

compared as (

    select
        paired.*,
        case when paired.is_in_now then shipments.value_usd else 0 end as usd_now,
        case when paired.is_in_before then previous_shipments.value_usd else 0 end as usd_before,
        previous_shipments.shipment_uid is null and shipments.arrival_date > facts.last_day as is_new_day,
        previous_shipments.shipment_uid is null as is_new,
        shipments.shipment_uid is null
        or shipments.arrival_date <> previous_shipments.arrival_date
        or shipments.declared_value <> previous_shipments.declared_value
        or shipments.currency <> previous_shipments.currency
        or coalesce(shipments.entry_type, '') <> coalesce(previous_shipments.entry_type, '')
        or coalesce(shipments.origin_country, '') <> coalesce(previous_shipments.origin_country, '')
        or coalesce(shipments.mode, '') <> coalesce(previous_shipments.mode, '')
        or coalesce(shipments.order_id, '') <> coalesce(previous_shipments.order_id, '') as is_amended,
        coalesce(shipments.identity_id, '') <> coalesce(previous_shipments.identity_id, '') as is_moved,
        judged_now.identity_id is not null or judged_before.identity_id is not null as is_judged
    from paired
    cross join facts
    left join shipments on paired.shipment_uid = shipments.shipment_uid
    left join previous_shipments on paired.shipment_uid = previous_shipments.shipment_uid
    left join identity_changes as judged_now on shipments.identity_id = judged_now.identity_id
    left join identity_changes as judged_before on previous_shipments.identity_id = judged_before.identity_id

)

select * from compared
