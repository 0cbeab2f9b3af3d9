/* Days of a person on which the claimed pieces of one sure answer are not each counted once. */
/* grain: identity_id, arrival_date, pool */
/* by: identity_id, arrival_date */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), totals AS (
  SELECT
    *
  FROM mart_daily_totals
), claimed AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    COUNT(*) AS pieces
  FROM shipments
  WHERE
    is_summed
    AND coverage = 'known'
    AND NOT identity_id IS NULL
    AND arrival_date BETWEEN :from_date AND :to_date
  GROUP BY
    identity_id,
    arrival_date,
    pool
), counted AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    SUM(shipments + oversize_count) AS pieces
  FROM totals
  WHERE
    coverage = 'known'
  GROUP BY
    identity_id,
    arrival_date,
    pool
), disagreeing AS (
  SELECT
    COALESCE(claimed.identity_id, counted.identity_id) AS identity_id,
    COALESCE(claimed.arrival_date, counted.arrival_date) AS arrival_date,
    COALESCE(claimed.pool, counted.pool) AS pool,
    claimed.pieces AS pieces_claimed,
    counted.pieces AS pieces_counted
  FROM claimed
  FULL OUTER JOIN counted
    ON claimed.identity_id = counted.identity_id
    AND claimed.arrival_date = counted.arrival_date
    AND claimed.pool = counted.pool
  WHERE
    claimed.pieces IS DISTINCT FROM counted.pieces
)
SELECT
  *
FROM disagreeing
