/* What was measured of one nominal_consignee flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__nominal_consignee
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
    MIN(name_kind) AS name_kind,
    MIN(name_words) AS name_words,
    COUNT(*) FILTER(WHERE
      has_order) AS ordered_count,
    BOOL_OR(is_entered) AS is_entered,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'nominal_consignee' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    'supporting' AS strength,
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    name_kind,
    name_words,
    ordered_count,
    is_entered
  FROM summed
)
SELECT
  *
FROM measured
