-- One shipment of a flag: its value, and what tells its place on the manifest.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

flags as (select * from mart_flags),

shipments as (select * from mart_shipments),

pieces as (

    select
        members.flag_id,
        flags.typology,
        flags.limit_amount,
        members.shipment_uid,
        members.amount,
        shipments.arrival_date,
        shipments.mode,
        shipments.value_usd,
        shipments.customs_value_usd,
        shipments.conveyance_id,
        shipments.sequence_no,
        shipments.declared_at
    from members
    inner join flags on members.flag_id = flags.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid

)

select * from pieces
