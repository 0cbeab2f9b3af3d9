/* The shipment of a suspended_claim flag. */
/* grain: flag_id, shipment_uid */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__suspended_claim
), members AS (
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM crossings
)
SELECT
  *
FROM members
