-- One shipment of a flag: its value, what the flag puts at stake, and what tells its place on the manifest.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

flags as (select * from mart_flags),

shipments as (select * from mart_shipments),

stakes as (select * from ref_stakes),

pieces as (

    select
        members.flag_id,
        flags.typology,
        flags.limit_amount,
        coalesce(stakes.lost, 'unknown') as lost,
        coalesce(stakes.reading, 'all') as reading,
        coalesce(stakes.has_order_readings, false) as has_order_readings,
        members.shipment_uid,
        members.amount,
        shipments.arrival_date,
        shipments.released_date,
        shipments.exemption_claimed,
        shipments.origin_country,
        shipments.mode,
        shipments.value_usd,
        shipments.customs_value_usd,
        shipments.conveyance_id,
        shipments.sequence_no,
        shipments.declared_at
    from members
    inner join flags on members.flag_id = flags.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    left join stakes on
        flags.typology = stakes.typology
        and flags.window_end >= stakes.valid_from
        and flags.window_end < coalesce(stakes.valid_to, date '9999-12-31')

)

select * from pieces
