-- One line of a shipment in the version that is in force, valued in USD at the rate of its day.
-- grain: landed_id

with
lines as (select * from stg_shipment_lines),

versions as (select * from int_lines__numbered_by_version),

rates as (select * from ref_fx_rates),

kept as (

    select
        lines.landed_id,
        coalesce(versions.shipment_uid, lines.shipment_id) as shipment_uid,
        coalesce(versions.line_rank, 1) as line_rank,
        coalesce(versions.line_count, 1) as line_count,
        lines.arrival_date,
        lines.currency,
        lines.declared_value,
        lines.customs_value,
        lines.quantity,
        lines.weight_kg,
        lines.hts_code
    from lines
    left join versions on lines.landed_id = versions.landed_id
    where coalesce(versions.is_current, lines.record_action <> 'cancel')

),

valued as (

    select
        kept.*,
        cast(kept.declared_value * rates.usd_per_unit as decimal(18, 2)) as value_usd,
        cast(coalesce(kept.customs_value, kept.declared_value) * rates.usd_per_unit as decimal(18, 2))
            as customs_value_usd
    from kept
    left join rates on
        kept.currency = rates.currency
        and kept.arrival_date >= rates.valid_from
        and kept.arrival_date < coalesce(rates.valid_to, date '9999-12-31')

)

select * from valued
