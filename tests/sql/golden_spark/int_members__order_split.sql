/* One lot of an order_split flag. */
/* grain: flag_id, shipment_uid */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__order_split
), lots AS (
  SELECT
    *
  FROM int_lots__claimed_as_exempt
), members AS (
  SELECT
    crossings.flag_id,
    lots.shipment_uid,
    lots.amount
  FROM crossings
  INNER JOIN lots
    ON crossings.order_key = lots.order_key
    AND crossings.pool = lots.pool
    AND crossings.limit_currency = lots.limit_currency
)
SELECT
  *
FROM members
