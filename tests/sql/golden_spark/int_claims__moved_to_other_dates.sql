/* One suspended_claim flag and date basis, and whether by that date the exemption was suspended too. */
/* grain: flag_id, date_basis */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__suspended_claim
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), limits AS (
  SELECT
    *
  FROM ref_limits
  WHERE
    regime = :regime
), stretches AS (
  SELECT
    *
  FROM int_origins__suspended
), begun AS (
  SELECT
    crossings.flag_id,
    MIN(limits.valid_from) AS suspended_from
  FROM crossings
  INNER JOIN limits
    ON '+' || crossings.rule_id || '+' LIKE '%+' || limits.rule_id || '+%'
  GROUP BY
    crossings.flag_id
), dated AS (
  SELECT
    crossings.flag_id,
    crossings.origin_country,
    begun.suspended_from,
    CASE WHEN shipments.date_basis = 'arrival' THEN shipments.arrival_date END AS arrival_date,
    shipments.estimated_arrival_date,
    shipments.released_date,
    shipments.order_date
  FROM crossings
  INNER JOIN begun
    ON crossings.flag_id = begun.flag_id
  INNER JOIN shipments
    ON crossings.shipment_uid = shipments.shipment_uid
), by_basis AS (
  SELECT
    flag_id,
    origin_country,
    suspended_from,
    'arrival' AS date_basis,
    arrival_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    origin_country,
    suspended_from,
    'estimated_arrival' AS date_basis,
    estimated_arrival_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    origin_country,
    suspended_from,
    'release' AS date_basis,
    released_date AS day
  FROM dated
  UNION ALL
  SELECT
    flag_id,
    origin_country,
    suspended_from,
    'order' AS date_basis,
    order_date AS day
  FROM dated
), moved /* before its rule began it was suspended only where goods of its origin alone were */ AS (
  SELECT
    by_basis.flag_id,
    by_basis.date_basis,
    CAST(CASE WHEN by_basis.day IS NULL THEN 0 ELSE 1 END AS BIGINT) AS shipments,
    CASE
      WHEN by_basis.day IS NULL
      THEN NULL
      ELSE by_basis.day >= by_basis.suspended_from OR NOT stretches.origin_country IS NULL
    END AS is_over_limit,
    by_basis.day
  FROM by_basis
  LEFT JOIN stretches
    ON by_basis.origin_country = stretches.origin_country
    AND by_basis.day >= stretches.suspended_from
    AND by_basis.day < stretches.suspended_to
), judged AS (
  SELECT
    flag_id,
    date_basis,
    shipments,
    is_over_limit,
    CASE WHEN is_over_limit THEN day END AS days
  FROM moved
)
SELECT
  *
FROM judged
