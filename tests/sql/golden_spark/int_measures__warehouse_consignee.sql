/* What was measured of one warehouse_consignee flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__warehouse_consignee
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
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    MIN(name_words) AS name_words,
    COUNT(DISTINCT seller) AS sellers,
    COUNT(*) FILTER(WHERE
      NOT is_certain) AS uncertain_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'warehouse_consignee' AS typology,
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
    'inferred' AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    total_amount,
    name_words,
    sellers,
    uncertain_count
  FROM summed
)
SELECT
  *
FROM measured
