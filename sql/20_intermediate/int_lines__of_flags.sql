-- One line of a shipment that loses the exemption if a flag holds: what its duty depends on.
-- grain: landed_id

with
pieces as (select * from int_pieces__of_flags),

lines as (select * from int_lines__valued_in_usd),

flagged as (

    select distinct
        shipment_uid,
        origin_country,
        mode
    from pieces
    where lost = 'exemption'

),

named as (

    select
        lines.landed_id,
        lines.shipment_uid,
        lines.arrival_date,
        coalesce(lines.origin_country, flagged.origin_country) as origin_country,
        flagged.mode,
        lines.hts_code,
        lines.customs_value_usd
    from lines
    inner join flagged on lines.shipment_uid = flagged.shipment_uid

)

select * from named
