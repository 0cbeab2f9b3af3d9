/* One just_below_clustering flag in words and figures. */
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
), described AS (
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
    'Of this ' || unit_kind || ', about ' || CAST(CAST(ROUND(excess, 0) AS BIGINT) AS STRING) || ' shipments more than expected (95%: ' || CAST(CAST(ROUND(excess_low, 0) AS BIGINT) AS STRING) || ' to ' || CAST(CAST(ROUND(excess_high, 0) AS BIGINT) AS STRING) || ') are worth the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' or up to ' || CAST(CAST(limit_amount * :near_limit_share AS DECIMAL(18, 2)) AS STRING) || ' less, ' || CASE
      WHEN method = 'step'
      THEN 'held against the density above the limit'
      ELSE 'held against the trend further below, since hardly anything lies above'
    END || '; whole amounts and prices ending in 95 to 99 are not counted. As much shows at a share of ' || CAST(CAST(elsewhere_share AS DECIMAL(18, 2)) AS STRING) || ' of ' || CAST(elsewhere AS STRING) || ' other values; of flags as striking as this among ' || CAST(tests AS STRING) || ' tested a share of ' || CAST(:clustering_false_share AS STRING) || ' at most is expected to be chance.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN once_statistic < CAST(:clear_step AS DOUBLE)
        THEN '"It may be a few prices that are paid again and again: counting each seller (of a seller: ' || 'each buyer) and amount once, hardly a step is left."'
      END,
      CASE
        WHEN at_limit > 0
        THEN '"' || CAST(at_limit AS STRING) || ' are of exactly the limit, a round number; they are not part of the excess."'
      END,
      CASE WHEN NOT is_certain THEN '"Origin or mode is not known for some of them."' END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"at_limit": ' || CAST(at_limit AS STRING),
      '"excess": ' || CAST(excess AS STRING),
      '"excess_high": ' || CAST(excess_high AS STRING),
      '"excess_low": ' || CAST(excess_low AS STRING),
      '"heaped_share": ' || CAST(heaped_share AS STRING),
      '"p_value": ' || CAST(p_value AS STRING),
      '"q_value": ' || CAST(q_value AS STRING),
      '"tests": ' || CAST(tests AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
