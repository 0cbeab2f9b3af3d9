/* One product of an order of a person who ordered from that seller more than once. */
/* grain: order_uid, product_id */
/* only with: int_lots__of_no_known_order */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__keyed_to_sellers
), orders AS (
  SELECT
    *
  FROM int_orders__of_persons
  WHERE
    orders_of_person > 1
), lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), goods AS (
  SELECT DISTINCT
    orders.order_uid,
    orders.identity_id,
    orders.seller_key,
    orders.order_no,
    orders.arrival_date,
    UPPER(TRIM(lines.product_id)) AS product_id
  FROM orders
  INNER JOIN shipments
    ON orders.order_uid = shipments.order_uid
  INNER JOIN lines
    ON shipments.shipment_uid = lines.shipment_uid
  WHERE
    NOT lines.product_id IS NULL
)
SELECT
  *
FROM goods
