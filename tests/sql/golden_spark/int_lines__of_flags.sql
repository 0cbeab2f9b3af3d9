/* One line of a shipment that some flag names: what its duty depends on. */
/* grain: landed_id */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), flagged AS (
  SELECT DISTINCT
    shipment_uid
  FROM members
), named AS (
  SELECT
    lines.landed_id,
    lines.shipment_uid,
    lines.arrival_date,
    lines.hts_code,
    lines.customs_value_usd
  FROM lines
  INNER JOIN flagged
    ON lines.shipment_uid = flagged.shipment_uid
)
SELECT
  *
FROM named
