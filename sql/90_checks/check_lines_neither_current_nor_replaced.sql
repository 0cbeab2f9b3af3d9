-- Landed lines that are neither in force, nor replaced, nor a cancellation.
-- grain: landed_id
-- by: landed_id

with
lines as (select * from stg_shipment_lines),

current_lines as (select * from int_lines__valued_in_usd),

versions as (select * from mart_shipment_versions),

unaccounted as (

    select
        lines.landed_id,
        lines.record_action
    from lines
    left join current_lines on lines.landed_id = current_lines.landed_id
    left join versions on lines.landed_id = versions.landed_id
    where
        lines.record_action <> 'cancel'
        and current_lines.landed_id is null
        and versions.landed_id is null

)

select * from unaccounted
