/* What was measured of one structuring flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__structuring
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    MIN(identity_id) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    COUNT(DISTINCT amount) AS amount_count,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    MAX(near_days) AS near_days,
    MAX(around_days) AS around_days,
    MAX(usual_share) AS usual_share,
    MAX(spread) AS spread,
    MAX(buyers) AS buyers,
    MIN(method) AS method,
    MAX(p_value) AS p_value,
    MAX(q_value) AS q_value,
    MAX(tests) AS tests,
    MAX(one_in) AS one_in,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), days AS (
  SELECT DISTINCT
    flag_id,
    arrival_date
  FROM members
), listed AS (
  SELECT
    flag_id,
    LISTAGG(CAST(arrival_date AS STRING), ', ') WITHIN GROUP (ORDER BY
      arrival_date NULLS LAST) AS days
  FROM days
  GROUP BY
    flag_id
), measured AS (
  SELECT
    summed.flag_id,
    :regime AS regime,
    'structuring' AS typology,
    identity_id,
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
    near_days,
    around_days,
    CAST(limit_amount * :near_days_share AS DECIMAL(18, 2)) AS near_amount,
    listed.days,
    amount_count,
    method,
    usual_share,
    spread,
    buyers,
    p_value,
    q_value,
    tests,
    one_in,
    CAST(:structuring_false_share AS DECIMAL(18, 6)) AS false_share,
    is_certain
  FROM summed
  INNER JOIN listed
    ON summed.flag_id = listed.flag_id
)
SELECT
  *
FROM measured
