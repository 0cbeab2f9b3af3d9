/* One line of a shipment that loses the exemption if a flag holds: what its duty depends on. */
/* grain: landed_id */
WITH pieces AS (
  SELECT
    *
  FROM int_pieces__of_flags
), lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), flagged AS (
  SELECT DISTINCT
    shipment_uid,
    origin_country,
    mode
  FROM pieces
  WHERE
    lost = 'exemption'
), named AS (
  SELECT
    lines.landed_id,
    lines.shipment_uid,
    lines.arrival_date,
    COALESCE(lines.origin_country, flagged.origin_country) AS origin_country,
    flagged.mode,
    lines.hts_code,
    lines.customs_value_usd
  FROM lines
  INNER JOIN flagged
    ON lines.shipment_uid = flagged.shipment_uid
)
SELECT
  *
FROM named
