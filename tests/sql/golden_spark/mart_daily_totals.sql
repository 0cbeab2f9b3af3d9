/* One person, day, pool, limit and coverage: the exempted pieces, oversize pieces set aside, added up. */
/* grain: regime, identity_id, arrival_date, pool, rule_id, coverage */
/* by: identity_id, arrival_date */
/* shown: the identity days themselves, but for a column */
WITH identity_days AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
), totals AS (
  SELECT
    :regime AS regime,
    identity_id,
    arrival_date,
    pool,
    rule_id,
    coverage,
    shipments,
    oversize_count,
    total_amount,
    total_usd,
    limit_amount,
    limit_currency,
    is_over_limit
  FROM identity_days
)
SELECT
  *
FROM totals
