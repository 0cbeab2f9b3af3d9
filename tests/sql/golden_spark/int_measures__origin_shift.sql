/* One origin_shift flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__origin_shift
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(changed_from) AS changed_from,
    MAX(before_count) AS before_count,
    MAX(before_suspended) AS before_suspended,
    MAX(after_suspended) AS after_suspended,
    COUNT(DISTINCT origin_country) AS origins,
    MIN(origin_country) AS first_origin,
    MIN(gain) AS gain,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'origin_shift' AS typology,
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
    'Of ' || CAST(before_count AS STRING) || ' shipments of these goods before ' || CAST(changed_from AS STRING) || ', ' || CAST(before_suspended AS STRING) || ' were of an origin ' || CASE
      WHEN gain = 'exemption'
      THEN 'whose exemption ended that day'
      ELSE 'whose added duty began or rose that day'
    END || '; since then ' || CAST(shipments AS STRING) || CASE
      WHEN gain = 'exemption'
      THEN ' came under the exemption'
      ELSE ' were entered'
    END || ' as goods of ' || first_origin || CASE WHEN origins > 1 THEN ' and other countries' ELSE '' END || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN after_suspended > 0
        THEN '"' || CAST(after_suspended AS STRING) || ' shipments of the same goods still come as goods of the old origin: both are told apart."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"before": ' || CAST(before_count AS STRING),
      '"origins": ' || CAST(origins AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
