/* Shipments that are in force on one floor and missing, or there twice, on the next. */
/* grain: shipment_uid */
/* by: shipment_uid */
WITH lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), below AS (
  SELECT
    shipment_uid,
    COUNT(*) AS line_count,
    CAST(SUM(exact_value_usd) AS DECIMAL(18, 2)) AS value_usd
  FROM lines
  GROUP BY
    shipment_uid
), lost AS (
  SELECT
    COALESCE(below.shipment_uid, shipments.shipment_uid) AS shipment_uid,
    below.line_count AS lines_below,
    shipments.line_count AS lines_above
  FROM below
  FULL OUTER JOIN shipments
    ON below.shipment_uid = shipments.shipment_uid
  WHERE
    below.shipment_uid IS NULL
    OR shipments.shipment_uid IS NULL
    OR below.line_count <> shipments.line_count
    OR below.value_usd IS DISTINCT FROM shipments.value_usd
)
SELECT
  *
FROM lost
