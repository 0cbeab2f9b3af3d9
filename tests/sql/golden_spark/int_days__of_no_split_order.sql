/* One day around the limit that counts for structuring: no lot of a split order or entry arrived, and no repeat. */
/* grain: identity_id, pool, limit_currency, arrival_date */
WITH days AS (
  SELECT
    *
  FROM int_days__around_the_limit
  WHERE
    NOT is_repeat
), orders AS (
  SELECT
    *
  FROM int_members__order_split
), entries AS (
  SELECT
    *
  FROM int_members__informal_entry_split
), lots AS (
  SELECT
    shipment_uid
  FROM orders
  UNION
  SELECT
    shipment_uid
  FROM entries
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), days_of_lots AS (
  SELECT DISTINCT
    shipments.identity_id,
    shipments.arrival_date
  FROM shipments
  INNER JOIN lots
    ON shipments.shipment_uid = lots.shipment_uid
  WHERE
    NOT shipments.identity_id IS NULL
), kept AS (
  SELECT
    days.*
  FROM days
  LEFT JOIN days_of_lots
    ON days.identity_id = days_of_lots.identity_id
    AND days.arrival_date = days_of_lots.arrival_date
  WHERE
    days_of_lots.identity_id IS NULL
)
SELECT
  *
FROM kept
