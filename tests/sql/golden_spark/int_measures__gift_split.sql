/* What was measured of one gift_split flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__gift_split
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
    MAX(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    COUNT(DISTINCT arrival_date) AS days,
    COUNT(*) FILTER(WHERE
      is_sold) AS sold_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis,
    COUNT(DISTINCT identity_id) AS consignees,
    BOOL_OR(is_of_many) AS is_of_many,
    NOT BOOL_OR(is_of_many) AND SUM(amount) > MAX(limit_amount) AS is_over_limit
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'gift_split' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CASE WHEN is_over_limit THEN limit_amount END AS limit_amount,
    CASE WHEN is_over_limit THEN limit_currency END AS limit_currency,
    CASE
      WHEN is_over_limit
      THEN CAST(total_usd * (
        1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
      ) AS DECIMAL(18, 2))
    END AS excess_usd,
    CASE WHEN sold_count > 0 AND is_over_limit THEN 'inferred' ELSE 'supporting' END AS strength,
    CASE
      WHEN is_over_limit
      THEN 1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
      ELSE 0.0
    END AS size,
    rule_id,
    legal_basis,
    total_amount,
    days,
    sold_count,
    consignees,
    is_of_many,
    is_over_limit
  FROM summed
)
SELECT
  *
FROM measured
