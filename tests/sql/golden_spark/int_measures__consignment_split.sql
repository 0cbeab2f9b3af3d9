/* What was measured of one consignment_split flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__consignment_split
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'consignment_split' AS typology,
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
      WHEN is_unit_known AND is_certain AND NOT is_unverified
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    way,
    total_amount,
    is_unit_known,
    is_unverified,
    is_certain,
    order_count
  FROM crossings
)
SELECT
  *
FROM measured
