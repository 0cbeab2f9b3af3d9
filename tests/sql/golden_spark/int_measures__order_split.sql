/* What was measured of one order_split flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__order_split
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'order_split' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    CASE
      WHEN has_issuer AND is_certain AND number_count = 1
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    total_amount,
    day_count,
    number_count,
    identity_count,
    has_issuer,
    is_certain
  FROM crossings
)
SELECT
  *
FROM measured
