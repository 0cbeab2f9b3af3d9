-- One shipment of a flag.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

shipments as (select * from int_shipments__rolled_up_from_lines),

named as (

    select
        members.flag_id,
        members.shipment_uid,
        shipments.shipment_id
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid

)

select * from named
