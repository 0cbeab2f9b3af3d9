/* One daily_limit flag and date basis, and whether its pieces are over the limit on one day by that date. */
/* grain: flag_id, date_basis */
WITH members AS (
  SELECT
    *
  FROM int_members__daily_limit
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), dated AS (
  SELECT
    members.flag_id,
    members.limit_amount,
    members.amount,
    shipments.actual_arrival_date AS arrival_date,
    shipments.estimated_arrival_date,
    shipments.released_date,
    shipments.order_date
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
), by_basis AS (
  SELECT
    flag_id,
    limit_amount,
    amount,
    'arrival' AS date_basis,
    arrival_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    limit_amount,
    amount,
    'estimated_arrival' AS date_basis,
    estimated_arrival_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    limit_amount,
    amount,
    'release' AS date_basis,
    released_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    limit_amount,
    amount,
    'order' AS date_basis,
    order_date AS day
  FROM dated
), by_day AS (
  SELECT
    flag_id,
    date_basis,
    limit_amount,
    day,
    COUNT(*) AS shipments,
    SUM(amount) AS total_amount
  FROM by_basis
  GROUP BY
    flag_id,
    date_basis,
    limit_amount,
    day
), judged AS (
  SELECT
    flag_id,
    date_basis,
    day,
    shipments,
    NOT day IS NULL
    AND shipments >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN total_amount >= limit_amount
      ELSE total_amount > limit_amount
    END AS is_over_limit
  FROM by_day
), summed /* where some pieces lack the date and the rest stay within the limit, nothing can be said */ AS (
  SELECT
    flag_id,
    date_basis,
    CAST(COALESCE(SUM(shipments) FILTER(WHERE
      NOT day IS NULL), 0) AS BIGINT) AS shipments,
    CASE
      WHEN MAX(CASE WHEN is_over_limit THEN 1 ELSE 0 END) = 1
      THEN TRUE
      WHEN COUNT(day) = COUNT(*)
      THEN FALSE
    END AS is_over_limit,
    MIN(CASE WHEN is_over_limit THEN day END) AS days
  FROM judged
  GROUP BY
    flag_id,
    date_basis
)
SELECT
  *
FROM summed
