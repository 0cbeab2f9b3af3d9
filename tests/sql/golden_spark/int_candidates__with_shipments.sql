/* One shipment of what a typology considered, whether it was flagged or fell below the line. */
/* grain: candidate_id, shipment_uid */
WITH groups AS (
  SELECT
    *
  FROM inferred_orders
), lots AS (
  SELECT
    *
  FROM inferred_order_lots
), tests AS (
  SELECT
    *
  FROM structuring_tests
), near_days AS (
  SELECT
    *
  FROM int_days__of_no_split_order
  WHERE
    is_near
), totals AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
  WHERE
    is_certain
    AND NOT limit_amount IS NULL
    AND shipments >= :min_pieces
    AND NOT is_over_limit
    AND total_amount >= CAST(limit_amount * :min_candidate_share AS DECIMAL(18, 4))
), shipments AS (
  SELECT
    *
  FROM int_shipments__beside_limits
  WHERE
    is_free
), considered AS (
  SELECT
    'inferred_order_split' AS typology,
    groups.lots_key AS candidate_key,
    groups.identity_id,
    groups.score,
    CAST(:min_lot_score AS DOUBLE) AS line,
    lots.shipment_uid
  FROM groups
  INNER JOIN lots
    ON groups.lots_key = lots.lots_key
  UNION ALL
  SELECT
    'structuring' AS typology,
    CONCAT_WS(
      '|',
      tests.identity_id,
      tests.pool,
      tests.limit_currency,
      CAST(tests.quarter_start AS STRING)
    ) AS candidate_key,
    tests.identity_id,
    1 - tests.q_value AS score,
    1 - CAST(:structuring_false_share AS DOUBLE) AS line,
    shipments.shipment_uid
  FROM tests
  INNER JOIN near_days
    ON tests.identity_id = near_days.identity_id
    AND tests.pool = near_days.pool
    AND tests.limit_currency = near_days.limit_currency
    AND tests.quarter_start = near_days.quarter_start
  INNER JOIN shipments
    ON near_days.identity_id = shipments.identity_id
    AND near_days.pool = shipments.pool
    AND near_days.limit_currency = shipments.limit_currency
    AND near_days.arrival_date = shipments.arrival_date
  UNION ALL
  SELECT
    'daily_limit' AS typology,
    CONCAT_WS(
      '|',
      totals.identity_id,
      totals.pool,
      CAST(totals.arrival_date AS STRING),
      totals.rule_id
    ) AS candidate_key,
    totals.identity_id,
    CAST(totals.total_amount AS DOUBLE) / CAST(totals.limit_amount AS DOUBLE) AS score,
    CAST(1 AS DOUBLE) AS line,
    shipments.shipment_uid
  FROM totals
  INNER JOIN shipments
    ON totals.identity_id = shipments.identity_id
    AND totals.pool = shipments.pool
    AND totals.arrival_date = shipments.arrival_date
    AND totals.limit_amount = shipments.limit_amount
    AND totals.limit_currency = shipments.limit_currency
), keyed AS (
  SELECT
    'c' || LEFT(MD5(CONCAT_WS('|', :regime, typology, candidate_key)), :id_digits) AS candidate_id,
    typology,
    identity_id,
    CAST(ROUND(CAST(score AS DECIMAL(18, 9)), :score_digits) AS DOUBLE) AS score, /* halfway between two of them engines round doubles apart, and decimals alike */
    ROUND(line, :score_digits) AS line,
    shipment_uid
  FROM considered
)
SELECT
  *
FROM keyed
