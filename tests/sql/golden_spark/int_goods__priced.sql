/* One shipment of goods that a seller sends often enough to have a usual price, with its price and weight a piece. */
/* grain: shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), priced AS (
  SELECT
    shipment_uid,
    seller,
    COALESCE(
      'product ' || UPPER(TRIM(product_id)),
      'goods ' || LOWER(TRIM(description)) || ', ' || hts_chapter
    ) AS goods,
    CAST(quantity AS DOUBLE) AS quantity,
    CAST(value_usd AS DOUBLE) / CAST(quantity AS DOUBLE) AS unit_usd,
    CAST(weight_kg AS DOUBLE) / CAST(quantity AS DOUBLE) AS unit_kg
  FROM shipments
  WHERE
    NOT seller IS NULL AND quantity > 0 AND line_count = 1
), counted AS (
  SELECT
    priced.*,
    COUNT(*) OVER (PARTITION BY seller, goods) AS peers
  FROM priced
  WHERE
    NOT goods IS NULL
), frequent AS (
  SELECT
    *
  FROM counted
  WHERE
    peers >= :min_price_peers
)
SELECT
  *
FROM frequent
