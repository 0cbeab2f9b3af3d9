/* What was measured of one late_filing flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__late_filing
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(wording) AS wording,
    MAX(days_late) AS days_late,
    COUNT(*) FILTER(WHERE
      date_basis <> 'arrival') AS other_date_count,
    COUNT(*) FILTER(WHERE
      within_days = 0 AND arrival_at IS NULL) AS dated_only_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'late_filing' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN other_date_count = 0 THEN 'objective' ELSE 'inferred' END AS strength,
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    wording,
    days_late,
    dated_only_count
  FROM summed
)
SELECT
  *
FROM measured
