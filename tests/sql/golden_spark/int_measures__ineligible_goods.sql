/* What was measured of one ineligible_goods flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__ineligible_goods
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
    MIN(kind) AS kind,
    MIN(goods) AS goods,
    MIN(hts_code) AS hts_code,
    MIN(exemption_basis) AS exemption_basis,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'ineligible_goods' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE
      WHEN kind = 'agency'
      THEN 'supporting'
      WHEN kind IN ('tax', 'gift') AND exemption_basis <> 'assumed'
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    CAST(1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    kind,
    goods,
    hts_code,
    exemption_basis
  FROM summed
)
SELECT
  *
FROM measured
