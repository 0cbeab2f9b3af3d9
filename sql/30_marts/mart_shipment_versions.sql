-- One line of a shipment that a later version replaced or cancelled.
-- grain: landed_id

with
lines as (select * from stg_shipment_lines),

versions as (select * from int_lines__numbered_by_version),

inputs as (select * from screened_inputs),

replaced as (

    select
        lines.landed_id,
        lines.shipment_id,
        versions.line_no,
        lines.source_file,
        lines.source_line,
        versions.replaced_by_file,
        versions.replaced_by_line,
        versions.replaced_by_action,
        inputs.run_id as replaced_in_run,
        lines.arrival_date,
        lines.declared_value,
        lines.currency,
        lines.declared_at,
        lines.order_id,
        lines.consignee_id
    from lines
    inner join versions on lines.landed_id = versions.landed_id
    left join inputs on versions.replaced_by_input_no = inputs.input_no
    where versions.replaced_by_file is not null and lines.record_action <> 'cancel'

)

select * from replaced
