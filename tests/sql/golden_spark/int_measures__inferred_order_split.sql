/* What was measured of one inferred_order_split flag. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__inferred_order_split
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'inferred_order_split' AS typology,
    identity_id,
    identity_id || ', seller ' || seller_key || ', from ' || CAST(window_start AS STRING) AS subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    limit_amount,
    limit_currency,
    CAST(total_usd * (
      1 - CAST(limit_amount AS DOUBLE) / CAST(total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    'inferred' AS strength,
    score AS size,
    rule_id,
    legal_basis,
    total_amount,
    day_count,
    score,
    pace,
    worth,
    goods,
    numbers,
    other_orders,
    knows_goods,
    is_like_back_order,
    is_like_repeat,
    is_evenly_spaced,
    is_certain
  FROM crossings
)
SELECT
  *
FROM measured
