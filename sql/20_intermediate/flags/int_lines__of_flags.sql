-- One line of a shipment that loses the exemption if a flag holds: what its duty depends on.
-- grain: landed_id

with
pieces as (select * from int_shipments__of_flags),

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
        lines.exact_customs_value_usd,
        cast(
            sum(lines.exact_customs_value_usd) over (
                partition by lines.shipment_uid
                order by lines.line_rank
                rows between unbounded preceding and current row
            ) as decimal(36, 10)
        ) as exact_so_far_usd
    from lines
    inner join flagged on lines.shipment_uid = flagged.shipment_uid

),

-- shares of the shipment's value: they add up to it, to the cent
shared as (

    select
        landed_id,
        shipment_uid,
        arrival_date,
        origin_country,
        mode,
        hts_code,
        cast(
            cast(exact_so_far_usd as decimal(18, 2))
            - cast(exact_so_far_usd - exact_customs_value_usd as decimal(18, 2)) as decimal(18, 2)
        ) as customs_value_usd
    from named

)

select * from shared
