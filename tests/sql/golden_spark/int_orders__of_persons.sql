/* One order of a person from a seller, as far as it can be told: a shipment without an order number stands for itself. */
/* grain: order_uid */
/* by: identity_id */
/* only with: int_lots__of_no_known_order */
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
    CASE WHEN COUNT(*) = 1 THEN MIN(shipment_id) END AS shipment_id
  FROM shipments
  GROUP BY
    order_uid,
    identity_id,
    seller_key
), serial AS (
  SELECT
    order_uid,
    identity_id,
    seller_key,
    arrival_date,
    value_usd,
    CASE
      WHEN REGEXP_EXTRACT(shipment_id, '([0-9]{1,15})$') <> ''
      THEN CAST(LENGTH(shipment_id) AS STRING) || ' ' || LEFT(
        shipment_id,
        LENGTH(shipment_id) - LENGTH(REGEXP_EXTRACT(shipment_id, '([0-9]{1,15})$'))
      )
    END AS serial_stem,
    CASE
      WHEN REGEXP_EXTRACT(shipment_id, '([0-9]{1,15})$') <> ''
      THEN CAST(REGEXP_EXTRACT(shipment_id, '([0-9]{1,15})$') AS BIGINT)
    END AS serial_no
  FROM orders
), numbered AS (
  SELECT
    serial.*,
    ROW_NUMBER() OVER (
      PARTITION BY identity_id, seller_key
      ORDER BY arrival_date NULLS LAST, serial_no NULLS LAST, order_uid NULLS LAST
    ) AS order_no,
    COUNT(*) OVER (PARTITION BY identity_id, seller_key) AS orders_of_person
  FROM serial
)
SELECT
  *
FROM numbered
