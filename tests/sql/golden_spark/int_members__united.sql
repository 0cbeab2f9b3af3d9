/* One shipment of a flag, whatever the typology. */
/* grain: flag_id, shipment_uid */
WITH daily_limit AS (
  SELECT
    *
  FROM int_members__daily_limit
), order_split AS (
  SELECT
    *
  FROM int_members__order_split
), suspended_claim AS (
  SELECT
    *
  FROM int_crossings__suspended_claim
), informal_entry_split AS (
  SELECT
    *
  FROM int_members__informal_entry_split
), consignment_split AS (
  SELECT
    *
  FROM int_members__consignment_split
), united AS (
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM daily_limit
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM order_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM suspended_claim
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM informal_entry_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM consignment_split
)
SELECT
  *
FROM united
