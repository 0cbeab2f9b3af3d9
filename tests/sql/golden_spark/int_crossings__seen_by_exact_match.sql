/* One daily_limit flag, and whether name and address exactly as written would have shown it. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__daily_limit
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), as_written AS (
  SELECT
    members.flag_id,
    members.limit_amount,
    shipments.consignee_name,
    shipments.consignee_address,
    shipments.consignee_address2,
    shipments.consignee_city,
    shipments.consignee_state,
    shipments.consignee_postal_code,
    CASE
      WHEN shipments.consignee_name IS NULL AND shipments.consignee_address IS NULL
      THEN shipments.consignee_id
    END AS account,
    SUM(members.amount) AS subtotal_amount,
    COUNT(*) AS shipments
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  GROUP BY
    members.flag_id,
    members.limit_amount,
    shipments.consignee_name,
    shipments.consignee_address,
    shipments.consignee_address2,
    shipments.consignee_city,
    shipments.consignee_state,
    shipments.consignee_postal_code,
    account
), seen AS (
  SELECT
    flag_id,
    COUNT(*) AS ways_written,
    MAX(
      CASE
        WHEN shipments < :min_pieces
        THEN 0
        WHEN :boundary = 'at' AND subtotal_amount = limit_amount
        THEN 1
        WHEN subtotal_amount > limit_amount
        THEN 1
        ELSE 0
      END
    ) = 1 AS is_seen_by_exact_match
  FROM as_written
  GROUP BY
    flag_id
)
SELECT
  *
FROM seen
