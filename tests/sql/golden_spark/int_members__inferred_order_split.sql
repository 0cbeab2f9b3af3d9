/* One shipment of an inferred_order_split flag. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM inferred_order_lots
), groups AS (
  SELECT
    *
  FROM inferred_orders
  WHERE
    score >= CAST(:min_lot_score AS DOUBLE)
), lots AS (
  SELECT
    *
  FROM int_lots__of_no_known_order
), keyed AS (
  SELECT
    'f' || LEFT(
      MD5(CONCAT_WS('|', :regime, 'inferred_order_split', members.lots_key, NULL)),
      :id_digits
    ) AS flag_id,
    members.lots_key,
    members.shipment_uid,
    lots.amount
  FROM members
  INNER JOIN groups
    ON members.lots_key = groups.lots_key
  INNER JOIN lots
    ON members.shipment_uid = lots.shipment_uid
)
SELECT
  *
FROM keyed
