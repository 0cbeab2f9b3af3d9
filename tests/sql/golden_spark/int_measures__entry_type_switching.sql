/* One entry_type_switching flag in words and figures. */
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
), described AS (
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
    'Of ' || CAST(before_count AS STRING) || ' shipments of this seller within the limit before ' || CAST(switched_on AS STRING) || ', ' || CAST(before_other AS STRING) || CASE
      WHEN lighter_route = 'exemption'
      THEN ' were entered; of '
      ELSE ' were on formal entries; of '
    END || CAST(after_count AS STRING) || CASE
      WHEN lighter_route = 'exemption'
      THEN ' since then nearly all claim the exemption ('
      ELSE ' since then nearly all are on informal entries ('
    END || CAST(shipments AS STRING) || ' are named here).' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN lighter_route = 'exemption'
        THEN '"To claim an exemption that is on offer is lawful; why it was not claimed before may be the ' || 'question."'
        ELSE '"Informal entry within its limit is lawful; why formal entry was chosen before may be the ' || 'question."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"before": ' || CAST(before_count AS STRING),
      '"after": ' || CAST(after_count AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
