/* One person, day, pool and limit: the claimed pieces, counted once as sure and once with all that may belong. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency, is_certain */
/* by: identity_id, arrival_date */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), pieces AS NOT MATERIALIZED (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    rule_id,
    coverage,
    coverage = 'known' AS is_certain,
    CASE WHEN is_oversize THEN 0 ELSE 1 END AS counted,
    CASE WHEN NOT is_oversize AND exemption_claimed THEN 1 ELSE 0 END AS claimed,
    CASE WHEN is_oversize THEN 0 ELSE amount END AS amount,
    CASE WHEN is_oversize THEN 0 ELSE value_usd END AS value_usd
  FROM shipments
  WHERE
    is_summed
    AND NOT identity_id IS NULL
    AND NOT rule_id IS NULL
    AND arrival_date BETWEEN :from_date AND :to_date
), certain_days AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    MIN(rule_id) AS rule_id,
    MAX(rule_id) AS last_rule_id,
    SUM(counted) AS shipments,
    SUM(claimed) AS claims,
    COUNT(*) - SUM(counted) AS oversize_count,
    SUM(amount) AS total_amount,
    SUM(value_usd) AS total_usd
  FROM pieces
  WHERE
    is_certain
  GROUP BY
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
), several_rules /* names are joined up only where there are several, which is seldom */ AS (
  SELECT DISTINCT
    pieces.identity_id,
    pieces.arrival_date,
    pieces.pool,
    pieces.limit_amount,
    pieces.limit_currency,
    pieces.rule_id
  FROM pieces
  INNER JOIN certain_days
    ON pieces.identity_id = certain_days.identity_id
    AND pieces.arrival_date = certain_days.arrival_date
    AND pieces.pool = certain_days.pool
    AND pieces.limit_amount IS NOT DISTINCT FROM certain_days.limit_amount
    AND pieces.limit_currency IS NOT DISTINCT FROM certain_days.limit_currency
  WHERE
    pieces.is_certain AND certain_days.rule_id <> certain_days.last_rule_id
), joined_rules AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    LISTAGG(rule_id, '+') WITHIN GROUP (ORDER BY
      rule_id NULLS LAST) AS rule_id
  FROM several_rules
  GROUP BY
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
), certain AS (
  SELECT
    certain_days.identity_id,
    certain_days.arrival_date,
    certain_days.pool,
    certain_days.limit_amount,
    certain_days.limit_currency,
    COALESCE(joined_rules.rule_id, certain_days.rule_id) AS rule_id,
    certain_days.shipments,
    certain_days.claims,
    certain_days.oversize_count,
    certain_days.total_amount,
    certain_days.total_usd
  FROM certain_days
  LEFT JOIN joined_rules
    ON certain_days.identity_id = joined_rules.identity_id
    AND certain_days.arrival_date = joined_rules.arrival_date
    AND certain_days.pool = joined_rules.pool
    AND certain_days.limit_amount IS NOT DISTINCT FROM joined_rules.limit_amount
    AND certain_days.limit_currency IS NOT DISTINCT FROM joined_rules.limit_currency
), uncertain_sums AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    rule_id,
    coverage,
    SUM(counted) AS shipments,
    SUM(claimed) AS claims,
    COUNT(*) - SUM(counted) AS oversize_count,
    SUM(amount) AS total_amount,
    SUM(value_usd) AS total_usd
  FROM pieces
  WHERE
    NOT is_certain
  GROUP BY
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    rule_id,
    coverage
), uncertain_rules AS (
  SELECT
    uncertain_sums.*,
    ROW_NUMBER() OVER (
      PARTITION BY identity_id, arrival_date, pool, limit_amount, limit_currency, rule_id
      ORDER BY coverage NULLS LAST
    ) AS place_in_rule,
    ROW_NUMBER() OVER (
      PARTITION BY identity_id, arrival_date, pool, limit_amount, limit_currency, coverage
      ORDER BY rule_id NULLS LAST
    ) AS place_in_coverage
  FROM uncertain_sums
), uncertain AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    LISTAGG(CASE WHEN place_in_rule = 1 THEN rule_id END, '+') WITHIN GROUP (ORDER BY
      rule_id NULLS LAST) AS rule_id,
    LISTAGG(CASE WHEN place_in_coverage = 1 THEN coverage END, '; ') WITHIN GROUP (ORDER BY
      coverage NULLS LAST) AS coverage,
    SUM(shipments) AS shipments,
    SUM(claims) AS claims,
    SUM(oversize_count) AS oversize_count,
    SUM(total_amount) AS total_amount,
    SUM(total_usd) AS total_usd
  FROM uncertain_rules
  GROUP BY
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
), possible AS (
  SELECT
    uncertain.identity_id,
    uncertain.arrival_date,
    uncertain.pool,
    uncertain.limit_amount,
    uncertain.limit_currency,
    uncertain.rule_id,
    uncertain.coverage,
    uncertain.shipments + COALESCE(certain.shipments, 0) AS shipments,
    uncertain.claims + COALESCE(certain.claims, 0) AS claims,
    uncertain.oversize_count + COALESCE(certain.oversize_count, 0) AS oversize_count,
    uncertain.total_amount + COALESCE(certain.total_amount, 0) AS total_amount,
    uncertain.total_usd + COALESCE(certain.total_usd, 0) AS total_usd
  FROM uncertain
  LEFT JOIN certain
    ON uncertain.identity_id = certain.identity_id
    AND uncertain.arrival_date = certain.arrival_date
    AND uncertain.pool = certain.pool
    AND uncertain.limit_amount IS NOT DISTINCT FROM certain.limit_amount
    AND uncertain.limit_currency IS NOT DISTINCT FROM certain.limit_currency
), both_answers AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    TRUE AS is_certain,
    rule_id,
    'known' AS coverage,
    shipments,
    claims,
    oversize_count,
    total_amount,
    total_usd
  FROM certain
  UNION ALL
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    FALSE AS is_certain,
    rule_id,
    coverage,
    shipments,
    claims,
    oversize_count,
    total_amount,
    total_usd
  FROM possible
), measured AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    is_certain,
    rule_id,
    coverage,
    CAST(shipments AS BIGINT) AS shipments,
    CAST(claims AS BIGINT) AS claims,
    CAST(oversize_count AS BIGINT) AS oversize_count,
    CAST(total_amount AS DECIMAL(18, 2)) AS total_amount,
    CAST(total_usd AS DECIMAL(18, 2)) AS total_usd,
    COALESCE(
      shipments >= :min_pieces
      AND claims > 0
      AND CASE
        WHEN :boundary = 'at'
        THEN total_amount >= limit_amount
        ELSE total_amount > limit_amount
      END,
      FALSE
    ) AS is_over_limit
  FROM both_answers
)
SELECT
  *
FROM measured
