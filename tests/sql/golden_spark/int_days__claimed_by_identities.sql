/* One identity, day, pool and limit with claimed pieces within the limit: all that may belong, added up. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency */
/* by: identity_id, arrival_date */
WITH identity_days AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
), claimed AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    is_certain,
    coverage,
    rule_id,
    shipments,
    oversize_count,
    total_amount,
    total_usd,
    is_over_limit
  FROM (
    SELECT
      identity_id,
      arrival_date,
      pool,
      limit_amount,
      limit_currency,
      is_certain,
      coverage,
      rule_id,
      shipments,
      oversize_count,
      total_amount,
      total_usd,
      is_over_limit,
      ROW_NUMBER() OVER (
        PARTITION BY identity_id, arrival_date, pool, limit_amount, limit_currency
        ORDER BY is_certain NULLS LAST
      ) AS _w
    FROM identity_days
    WHERE
      NOT limit_amount IS NULL AND claims > 0
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM claimed
