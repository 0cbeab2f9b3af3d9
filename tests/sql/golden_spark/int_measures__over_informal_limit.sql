/* What was measured of one over_informal_limit flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__over_informal_limit
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(entry_amount) AS total_amount,
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    COUNT(*) FILTER(WHERE
      is_customs_value_proxy) AS proxy_count,
    COUNT(*) FILTER(WHERE
      is_mail) AS mailed_count,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(first_rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'over_informal_limit' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN is_certain AND proxy_count = 0 THEN 'objective' ELSE 'inferred' END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    total_amount,
    proxy_count,
    mailed_count,
    is_certain
  FROM summed
)
SELECT
  *
FROM measured
