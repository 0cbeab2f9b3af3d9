/* One order of a person from a seller, as far as it can be told: a shipment without an order number stands for itself. */
/* grain: order_uid */
/* by: identity_id */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__keyed_to_sellers
), orders AS (
  SELECT
    order_uid,
    identity_id,
    seller_key,
    MIN(arrival_date) AS arrival_date,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS value_usd,
    CASE WHEN COUNT(*) = 1 THEN MIN(serial_stem) END AS serial_stem,
    CASE WHEN COUNT(*) = 1 THEN MIN(serial_no) END AS serial_no
  FROM shipments
  GROUP BY
    order_uid,
    identity_id,
    seller_key
), numbered AS (
  SELECT
    orders.*,
    ROW_NUMBER() OVER (
      PARTITION BY identity_id, seller_key
      ORDER BY arrival_date NULLS LAST, serial_no NULLS LAST, order_uid NULLS LAST
    ) AS order_no,
    COUNT(*) OVER (PARTITION BY identity_id, seller_key) AS orders_of_person
  FROM orders
)
SELECT
  *
FROM numbered
