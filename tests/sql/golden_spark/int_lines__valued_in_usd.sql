/* One line of a shipment in the version that is in force, with the rate to USD of its day, or of its order's. */
/* grain: landed_id */
/* by: landed_id */
/* shown: it adds a rate and an amount to a line that is kept already */
/* Its value in USD is exact, to ten places: a shipment's is rounded once, when its lines are added up. */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), versions AS (
  SELECT
    *
  FROM int_lines__numbered_by_version
), rates AS (
  SELECT
    *
  FROM ref_fx_rates
), order_rates AS (
  SELECT
    *
  FROM ref_fx_rates
  WHERE
    :fx_date = 'order'
), kept AS (
  SELECT
    lines.*,
    COALESCE(versions.shipment_uid, lines.shipment_id) AS shipment_uid,
    COALESCE(versions.line_rank, 1) AS line_rank,
    COALESCE(versions.line_count, 1) AS line_count
  FROM lines
  LEFT JOIN versions
    ON lines.landed_id = versions.landed_id
  WHERE
    COALESCE(versions.is_current, lines.record_action <> 'cancel')
), rated AS (
  SELECT
    kept.*,
    COALESCE(order_rates.usd_per_unit, rates.usd_per_unit) AS usd_per_unit
  FROM kept
  LEFT JOIN rates
    ON kept.currency = rates.currency
    AND kept.arrival_date >= rates.valid_from
    AND kept.arrival_date < COALESCE(rates.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN order_rates
    ON kept.currency = order_rates.currency
    AND kept.order_date >= order_rates.valid_from
    AND kept.order_date < COALESCE(order_rates.valid_to, CAST('9999-12-31' AS DATE))
), valued AS (
  SELECT
    rated.*,
    CAST(CAST(declared_value AS DECIMAL(19, 2)) * usd_per_unit AS DECIMAL(36, 10)) AS exact_value_usd,
    CAST(CAST(COALESCE(customs_value, declared_value) AS DECIMAL(19, 2)) * usd_per_unit AS DECIMAL(36, 10)) AS exact_customs_value_usd
  FROM rated
)
SELECT
  *
FROM valued
