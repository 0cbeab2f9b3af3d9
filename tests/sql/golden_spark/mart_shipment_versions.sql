/* One line of a shipment that a later version replaced or cancelled. */
/* grain: landed_id */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), versions AS (
  SELECT
    *
  FROM int_lines__numbered_by_version
), inputs AS (
  SELECT
    *
  FROM screened_inputs
), replaced AS (
  SELECT
    lines.landed_id,
    lines.shipment_id,
    versions.line_no,
    lines.source_file,
    lines.source_line,
    versions.replaced_by_file,
    versions.replaced_by_line,
    versions.replaced_by_action,
    inputs.run_id AS replaced_in_run,
    lines.arrival_date,
    lines.declared_value,
    lines.currency,
    lines.declared_at,
    lines.order_id,
    lines.consignee_id
  FROM lines
  INNER JOIN versions
    ON lines.landed_id = versions.landed_id
  LEFT JOIN inputs
    ON versions.replaced_by_input_no = inputs.input_no
  WHERE
    NOT versions.replaced_by_file IS NULL AND lines.record_action <> 'cancel'
)
SELECT
  *
FROM replaced
