-- One line of a shipment in the version that is in force, with the rate to USD of its day, or of its order's.
-- grain: landed_id
-- by: landed_id
-- shown: it adds a rate and an amount to a line that is kept already
-- Its value in USD is exact, to ten places: a shipment's is rounded once, when its lines are added up.

with
lines as (select * from stg_shipment_lines),

versions as (select * from int_lines__numbered_by_version),

rates as (select * from ref_fx_rates),

order_rates as (
    select * from ref_fx_rates
    where $fx_date = 'order'
),

kept as (

    select
        lines.*,
        coalesce(versions.shipment_uid, lines.shipment_id) as shipment_uid,
        coalesce(versions.line_rank, 1) as line_rank,
        coalesce(versions.line_count, 1) as line_count
    from lines
    left join versions on lines.landed_id = versions.landed_id
    where coalesce(versions.is_current, lines.record_action <> 'cancel')

),

rated as (

    select
        kept.*,
        coalesce(order_rates.usd_per_unit, rates.usd_per_unit) as usd_per_unit
    from kept
    left join rates on
        kept.currency = rates.currency
        and kept.arrival_date >= rates.valid_from
        and kept.arrival_date < coalesce(rates.valid_to, date '9999-12-31')
    left join order_rates on
        kept.currency = order_rates.currency
        and kept.order_date >= order_rates.valid_from
        and kept.order_date < coalesce(order_rates.valid_to, date '9999-12-31')

),

valued as (

    select
        rated.*,
        cast(cast(declared_value as decimal(19, 2)) * usd_per_unit as decimal(36, 10)) as exact_value_usd,
        cast(
            cast(coalesce(customs_value, declared_value) as decimal(19, 2)) * usd_per_unit as decimal(36, 10)
        ) as exact_customs_value_usd
    from rated

)

select * from valued
