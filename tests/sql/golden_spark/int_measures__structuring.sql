/* One structuring flag in words and figures. */
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
), described AS (
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
    CAST(near_days AS STRING) || ' of ' || CAST(around_days AS STRING) || ' days of one quarter near the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' were at or below it by less than ' || CAST(CAST(limit_amount * :near_days_share AS DECIMAL(18, 2)) AS STRING) || ': ' || listed.days || '. The days of ' || CAST(buyers AS STRING) || ' buyers ' || CASE WHEN method = 'trend' THEN 'below and above' ELSE 'below' END || ' make a share of ' || CAST(CAST(usual_share AS DECIMAL(18, 2)) AS STRING) || ' usual. By chance this happens once in ' || CAST(one_in AS STRING) || ' times, and ' || CAST(tests AS STRING) || ' quarters of buyers were tested (q = ' || CAST(CAST(q_value AS DECIMAL(18, 4)) AS STRING) || '): of flags as striking as this a share of ' || CAST(:structuring_false_share AS STRING) || ' at most is expected to be chance.' AS reason,
    CONCAT_WS(
      ', ',
      '"Amounts near a limit are no proof by themselves."',
      '"Someone who always buys at about this value looks the same."',
      CASE
        WHEN amount_count = 1
        THEN '"The amount is the same each time: it may be the price of one thing."'
      END,
      CASE WHEN NOT is_certain THEN '"Origin or mode is not known for some of them."' END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"around_days": ' || CAST(around_days AS STRING),
      '"buyers": ' || CAST(buyers AS STRING),
      '"days": ["' || REPLACE(listed.days, ', ', '", "') || '"]',
      '"method": "' || method || '"',
      '"near_days": ' || CAST(near_days AS STRING),
      '"p_value": ' || CAST(CAST(p_value AS DECIMAL(18, 6)) AS STRING),
      '"q_value": ' || CAST(CAST(q_value AS DECIMAL(18, 6)) AS STRING),
      '"spread": ' || CAST(CAST(spread AS DECIMAL(18, 6)) AS STRING),
      '"tests": ' || CAST(tests AS STRING),
      '"usual_share": ' || CAST(CAST(usual_share AS DECIMAL(18, 6)) AS STRING)
    ) AS attributes
  FROM summed
  INNER JOIN listed
    ON summed.flag_id = listed.flag_id
)
SELECT
  *
FROM described
