/* Landed lines that are neither in force, nor replaced, nor a cancellation. */
/* grain: landed_id */
/* by: landed_id */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), current_lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), versions AS (
  SELECT
    *
  FROM mart_shipment_versions
), unaccounted AS (
  SELECT
    lines.landed_id,
    lines.record_action
  FROM lines
  LEFT JOIN current_lines
    ON lines.landed_id = current_lines.landed_id
  LEFT JOIN versions
    ON lines.landed_id = versions.landed_id
  WHERE
    lines.record_action <> 'cancel'
    AND current_lines.landed_id IS NULL
    AND versions.landed_id IS NULL
)
SELECT
  *
FROM unaccounted
