/* What was measured of one undervaluation flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__undervaluation
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    CAST(SUM(usual_value_usd) AS DECIMAL(18, 2)) AS usual_value_usd,
    MAX(usual_usd) AS usual_usd,
    MAX(peers) AS peers,
    COUNT(*) FILTER(WHERE
      unit_kg IS NULL) AS unweighed_count,
    COUNT(*) FILTER(WHERE
      is_fitted) AS fitted_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'undervaluation' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN fitted_count > 0 THEN 'inferred' ELSE 'supporting' END AS strength,
    1 - CAST(total_usd AS DOUBLE) / CAST(usual_value_usd AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    usual_value_usd,
    usual_usd,
    peers,
    fitted_count,
    unweighed_count
  FROM summed
)
SELECT
  *
FROM measured
