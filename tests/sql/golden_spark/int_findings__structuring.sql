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
    COUNT(DISTINCT arrival_date) AS day_count,
    COUNT(DISTINCT amount) AS amount_count,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    MAX(around_days) AS around_days,
    MAX(usual_share) AS usual_share,
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
), described AS (
  SELECT
    flag_id,
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
    'On ' || CAST(day_count AS STRING) || ' of the ' || CAST(around_days AS STRING) || ' days of a quarter on which this person received about as much as the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ', it was under it by ' || CAST(CAST(limit_amount * :near_limit_share AS DECIMAL(18, 2)) AS STRING) || ' or less; with everybody, a share of ' || CAST(CAST(usual_share AS DECIMAL(18, 2)) AS STRING) || ' of such days is. By chance it happens once in ' || CAST(one_in AS STRING) || ' times, and ' || CAST(tests AS STRING) || ' were tested: of flags as striking as this a share of ' || CAST(:structuring_false_share AS STRING) || ' at most is expected to be chance.' AS reason,
    CONCAT_WS(
      ', ',
      '"Amounts near a limit are no proof by themselves."',
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
      '"near_days": ' || CAST(day_count AS STRING),
      '"p_value": ' || CAST(p_value AS STRING),
      '"q_value": ' || CAST(q_value AS STRING),
      '"tests": ' || CAST(tests AS STRING),
      '"usual_share": ' || CAST(usual_share AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
