/* What was measured of one daily_limit flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__daily_limit
), seen AS (
  SELECT
    *
  FROM int_crossings__seen_by_exact_match
), moved AS (
  SELECT
    *
  FROM int_crossings__moved_to_other_dates
), without_mail AS (
  SELECT
    *
  FROM int_crossings__seen_without_mail
), limits AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), sources AS (
  SELECT
    arrival_date,
    pool,
    rule_id,
    MIN(legal_basis) AS legal_basis
  FROM limits
  WHERE
    kind = 'exemption'
  GROUP BY
    arrival_date,
    pool,
    rule_id
), fallen AS (
  SELECT
    flag_id,
    LISTAGG(date_basis, ', ') WITHIN GROUP (ORDER BY
      date_basis NULLS LAST) AS bases
  FROM moved
  WHERE
    NOT is_over_limit
  GROUP BY
    flag_id
), measured AS (
  SELECT
    crossings.flag_id,
    :regime AS regime,
    'daily_limit' AS typology,
    crossings.identity_id,
    crossings.subject,
    crossings.arrival_date AS window_start,
    crossings.arrival_date AS window_end,
    crossings.shipments,
    crossings.total_usd,
    crossings.limit_amount,
    crossings.limit_currency,
    CAST(crossings.total_usd * (
      1 - CAST(crossings.limit_amount AS DOUBLE) / CAST(crossings.total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN crossings.is_certain THEN 'objective' ELSE 'inferred' END AS strength,
    1 - CAST(crossings.limit_amount AS DOUBLE) / CAST(crossings.total_amount AS DOUBLE) AS size,
    crossings.rule_id,
    COALESCE(sources.legal_basis, crossings.rule_id) AS legal_basis,
    crossings.total_amount,
    crossings.oversize_count,
    crossings.is_certain,
    crossings.coverage,
    fallen.bases AS fallen_bases,
    without_mail.mail_count,
    without_mail.is_over_limit AS stands_without_mail,
    seen.ways_written,
    seen.is_seen_by_exact_match
  FROM crossings
  INNER JOIN seen
    ON crossings.flag_id = seen.flag_id
  LEFT JOIN without_mail
    ON crossings.flag_id = without_mail.flag_id
  LEFT JOIN fallen
    ON crossings.flag_id = fallen.flag_id
  LEFT JOIN sources
    ON crossings.arrival_date = sources.arrival_date
    AND crossings.pool = sources.pool
    AND crossings.rule_id = sources.rule_id
)
SELECT
  *
FROM measured
