/* One daily_limit flag in words and figures. */
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
), described AS (
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
    CAST(crossings.shipments AS STRING) || ' pieces for one person arrived on ' || CAST(crossings.arrival_date AS STRING) || ' under the exemption, each within the limit of ' || crossings.limit_currency || ' ' || CAST(crossings.limit_amount AS STRING) || ' and together worth ' || CAST(crossings.total_amount AS STRING) || '.' || CASE
      WHEN crossings.oversize_count > 0
      THEN ' Set aside and not counted: ' || CAST(crossings.oversize_count AS STRING) || ' over the limit alone.'
      ELSE ''
    END AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN NOT crossings.is_certain
        THEN '"Origin or mode is not known for some pieces; the sum holds only ' || crossings.coverage || '."'
      END,
      CASE
        WHEN NOT fallen.bases IS NULL
        THEN '"The pieces are not over the limit on one day by another date: ' || fallen.bases || '."'
      END,
      CASE
        WHEN NOT without_mail.is_over_limit
        THEN '"Without the ' || CAST(without_mail.mail_count AS STRING) || ' that came by mail the sum is not over the limit; customs\' own check left mail out."'
      END
    ) AS counter_reasons,
    crossings.rule_id,
    COALESCE(sources.legal_basis, crossings.rule_id) AS legal_basis,
    CONCAT_WS(
      ', ',
      '"oversize_count": ' || CAST(crossings.oversize_count AS STRING),
      '"ways_written": ' || CAST(seen.ways_written AS STRING),
      '"stands_without_mail": ' || CAST(without_mail.is_over_limit AS STRING),
      '"would_exact_name_show_it": ' || CAST(seen.is_seen_by_exact_match AS STRING)
    ) AS attributes
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
FROM described
