/* One shipment of a daily_limit flag. */
/* grain: flag_id, shipment_uid */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__daily_limit
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), members AS (
  SELECT
    crossings.flag_id,
    crossings.limit_amount,
    shipments.shipment_uid,
    shipments.amount
  FROM crossings
  INNER JOIN shipments
    ON crossings.identity_id = shipments.identity_id
    AND crossings.arrival_date = shipments.arrival_date
    AND crossings.pool = shipments.pool
    AND crossings.limit_amount = shipments.limit_amount
    AND crossings.limit_currency = shipments.limit_currency
  WHERE
    shipments.is_summed
    AND NOT shipments.is_oversize
    AND (
      shipments.coverage = 'known' OR NOT crossings.is_certain
    )
)
SELECT
  *
FROM members
