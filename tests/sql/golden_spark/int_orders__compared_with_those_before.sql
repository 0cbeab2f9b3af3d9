/* One order of a person who had ordered from that seller before: how long after, and what it has in common with it. */
/* grain: order_uid */
/* only with: int_lots__of_no_known_order */
WITH orders AS (
  SELECT
    *
  FROM int_orders__of_persons
), goods AS (
  SELECT
    *
  FROM int_goods__of_orders
), followed AS (
  SELECT
    orders.*,
    LAG(arrival_date) OVER (PARTITION BY identity_id, seller_key ORDER BY order_no NULLS LAST) AS previous_date,
    LAG(serial_stem) OVER (PARTITION BY identity_id, seller_key ORDER BY order_no NULLS LAST) AS previous_stem,
    LAG(serial_no) OVER (PARTITION BY identity_id, seller_key ORDER BY order_no NULLS LAST) AS previous_no
  FROM orders
  WHERE
    orders_of_person > 1
), recent /* goods of one order that were in any of the orders of the days before */ AS (
  SELECT
    later.order_uid,
    COUNT(DISTINCT earlier.product_id) AS earlier_products
  FROM followed AS later
  INNER JOIN goods AS earlier
    ON later.identity_id = earlier.identity_id
    AND later.seller_key = earlier.seller_key
    AND later.order_no > earlier.order_no
    AND later.order_no - earlier.order_no < :max_lots_of_order
    AND DATEDIFF(DAY, earlier.arrival_date, later.arrival_date) < :lot_window_days
  GROUP BY
    later.order_uid
), shared AS (
  SELECT
    later.order_uid,
    COUNT(DISTINCT later.product_id) AS shared_products
  FROM goods AS later
  INNER JOIN goods AS earlier
    ON later.identity_id = earlier.identity_id
    AND later.seller_key = earlier.seller_key
    AND later.product_id = earlier.product_id
    AND later.order_no > earlier.order_no
    AND later.order_no - earlier.order_no < :max_lots_of_order
    AND DATEDIFF(DAY, earlier.arrival_date, later.arrival_date) < :lot_window_days
  GROUP BY
    later.order_uid
), counted AS (
  SELECT
    order_uid,
    COUNT(*) AS products
  FROM goods
  GROUP BY
    order_uid
), compared AS (
  SELECT
    followed.order_uid,
    followed.identity_id,
    followed.seller_key,
    followed.orders_of_person,
    DATEDIFF(DAY, followed.previous_date, followed.arrival_date) AS gap_days,
    CASE
      WHEN followed.serial_stem = followed.previous_stem
      THEN followed.serial_no - followed.previous_no
    END AS serial_gap,
    counted.products,
    recent.earlier_products,
    CASE
      WHEN NOT recent.earlier_products IS NULL
      THEN COALESCE(shared.shared_products, 0)
    END AS shared_products
  FROM followed
  LEFT JOIN counted
    ON followed.order_uid = counted.order_uid
  LEFT JOIN recent
    ON followed.order_uid = recent.order_uid AND NOT counted.products IS NULL
  LEFT JOIN shared
    ON followed.order_uid = shared.order_uid
  WHERE
    NOT followed.previous_date IS NULL
)
SELECT
  *
FROM compared
