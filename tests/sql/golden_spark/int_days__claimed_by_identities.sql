/* One identity, day, pool and limit with claimed pieces within the limit: all that may belong, added up. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency */
/* by: identity_id, arrival_date */
/* shown: it only chooses among rows that are kept; the sure ones with no other beside them are nearly all there are */
WITH identity_days AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
), uncertain AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
  FROM identity_days
  WHERE
    NOT is_certain AND NOT limit_amount IS NULL AND claims > 0
), claimed AS (
  SELECT
    identity_days.identity_id,
    identity_days.arrival_date,
    identity_days.pool,
    identity_days.limit_amount,
    identity_days.limit_currency,
    identity_days.is_certain,
    identity_days.coverage,
    identity_days.rule_id,
    identity_days.shipments,
    identity_days.oversize_count,
    identity_days.total_amount,
    identity_days.total_usd,
    identity_days.is_over_limit
  FROM identity_days
  LEFT JOIN uncertain
    ON identity_days.identity_id = uncertain.identity_id
    AND identity_days.arrival_date = uncertain.arrival_date
    AND identity_days.pool = uncertain.pool
    AND identity_days.limit_amount = uncertain.limit_amount
    AND identity_days.limit_currency IS NOT DISTINCT FROM uncertain.limit_currency
  WHERE
    NOT identity_days.limit_amount IS NULL
    AND identity_days.claims > 0
    AND (
      NOT identity_days.is_certain OR uncertain.identity_id IS NULL
    )
)
SELECT
  *
FROM claimed
