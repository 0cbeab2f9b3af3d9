/* What was measured of one entry_type_switching flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__entry_type_switching
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(switched_on) AS switched_on,
    MAX(before_count) AS before_count,
    MAX(before_other) AS before_other,
    MAX(after_count) AS after_count,
    MIN(lighter_route) AS lighter_route,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'entry_type_switching' AS typology,
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
    switched_on,
    before_count,
    before_other,
    after_count,
    lighter_route
  FROM summed
)
SELECT
  *
FROM measured
