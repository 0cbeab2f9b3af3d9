/* One shipment of a flag, whatever the typology. */
/* grain: flag_id, shipment_uid */
WITH united AS (
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__daily_limit
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__informal_entry_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__order_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__suspended_claim
)
SELECT
  *
FROM united
