/* What was measured of one origin_mismatch flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__origin_mismatch
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(other_country) AS other_country,
    MIN(origin_country) AS origin_country,
    MAX(sign_count) AS sign_count,
    COUNT(*) FILTER(WHERE
      is_shipped_from) AS shipped_count,
    COUNT(*) FILTER(WHERE
      is_exported_from) AS exported_count,
    COUNT(*) FILTER(WHERE
      is_posted_from) AS posted_count,
    BOOL_AND(is_free) AS is_free,
    MIN(layer) AS layer,
    MAX(rate) AS rate,
    MAX(claimed_rate) AS claimed_rate,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'origin_mismatch' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN sign_count > 1 THEN 'inferred' ELSE 'supporting' END AS strength,
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    origin_country,
    other_country,
    sign_count,
    shipped_count,
    exported_count,
    posted_count,
    is_free,
    layer,
    rate,
    claimed_rate
  FROM summed
)
SELECT
  *
FROM measured
