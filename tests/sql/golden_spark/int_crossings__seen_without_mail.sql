/* One daily_limit flag with pieces that came by mail, and whether it stands without them, as customs' own check had it. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__daily_limit
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), summed AS (
  SELECT
    members.flag_id,
    members.limit_amount,
    COUNT(*) FILTER(WHERE
      shipments.mode = 'mail') AS mail_count,
    COUNT(*) FILTER(WHERE
      shipments.mode IS DISTINCT FROM 'mail') AS other_count,
    SUM(CASE WHEN shipments.mode = 'mail' THEN 0 ELSE members.amount END) AS other_amount
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  GROUP BY
    members.flag_id,
    members.limit_amount
), judged AS (
  SELECT
    flag_id,
    mail_count,
    other_count >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN other_amount >= limit_amount
      ELSE other_amount > limit_amount
    END AS is_over_limit
  FROM summed
  WHERE
    mail_count > 0
)
SELECT
  *
FROM judged
