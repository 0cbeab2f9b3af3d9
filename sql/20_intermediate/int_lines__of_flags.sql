-- One line of a shipment that some flag names: what its duty depends on.
-- grain: landed_id

with
members as (select * from int_members__united),

lines as (select * from int_lines__valued_in_usd),

flagged as (select distinct shipment_uid from members),

named as (

    select
        lines.landed_id,
        lines.shipment_uid,
        lines.arrival_date,
        lines.hts_code,
        lines.customs_value_usd
    from lines
    inner join flagged on lines.shipment_uid = flagged.shipment_uid

)

select * from named
