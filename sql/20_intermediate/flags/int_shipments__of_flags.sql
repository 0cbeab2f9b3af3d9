-- One shipment of a flag: its value, what the flag puts at stake, and what tells its place on the manifest.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

flags as (select * from mart_flags),

shipments as (select * from mart_shipments),

typologies as (
    select * from ref_typologies
    where regime = $regime
),

pieces as (

    select
        members.flag_id,
        flags.typology,
        flags.limit_amount,
        coalesce(typologies.lost, 'unknown') as lost,
        case when typologies.reading = 'lots' then 'lots' else 'all' end as reading,
        coalesce(typologies.has_order_readings, false) as has_order_readings,
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
    left join typologies on
        flags.typology = typologies.typology
        and flags.window_end >= typologies.valid_from
        and flags.window_end < coalesce(typologies.valid_to, date '9999-12-31')

)

select * from pieces
