/* What was measured of one just_below_clustering flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__just_below_clustering
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    MIN(unit_kind) AS unit_kind,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    MIN(method) AS method,
    MAX(p_value) AS p_value,
    MAX(q_value) AS q_value,
    MAX(tests) AS tests,
    MAX(elsewhere) AS elsewhere,
    MAX(elsewhere_share) AS elsewhere_share,
    MAX(excess) AS excess,
    MAX(excess_low) AS excess_low,
    MAX(excess_high) AS excess_high,
    MAX(heaped_share) AS heaped_share,
    MAX(once_statistic) AS once_statistic,
    MAX(at_limit) AS at_limit,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'just_below_clustering' AS typology,
    CAST(NULL AS STRING) AS identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    'supporting' AS strength,
    1 - q_value AS size,
    rule_id,
    legal_basis,
    unit_kind,
    method,
    excess,
    excess_low,
    excess_high,
    CAST(limit_amount * :near_limit_share AS DECIMAL(18, 2)) AS near_amount,
    elsewhere,
    elsewhere_share,
    tests,
    p_value,
    q_value,
    CAST(:clustering_false_share AS DECIMAL(18, 6)) AS false_share,
    heaped_share,
    once_statistic < CAST(:clear_step AS DOUBLE) AS is_of_few_prices,
    at_limit,
    is_certain
  FROM summed
)
SELECT
  *
FROM measured
