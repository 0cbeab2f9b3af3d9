/* One inferred_order_split flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__inferred_order_split
), described AS (
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
    CAST(shipments AS STRING) || ' shipments without an order number came from one seller to one person on ' || CAST(day_count AS STRING) || CASE WHEN day_count = 1 THEN ' day' ELSE ' days' END || ', each within the limit of ' || limit_currency || ' ' || CAST(limit_amount AS STRING) || ' and together worth ' || CAST(total_amount AS STRING) || '; they look more like lots of one order than like separate ones (score ' || CAST(CAST(score AS DECIMAL(18, 2)) AS STRING) || '). ' || grounds AS reason,
    CONCAT_WS(
      ', ',
      '"No order number ties them together; one on any of them would settle it."',
      CASE
        WHEN is_like_back_order
        THEN '"A small rest came after nearly all of it: it may have been out of stock."'
      END,
      CASE
        WHEN is_like_repeat
        THEN '"Two of them are alike in value and in goods as far as known: ' || 'a replacement or a subscription would look so."'
      END,
      CASE
        WHEN is_evenly_spaced
        THEN '"They came at even intervals, as a subscription does."'
      END,
      CASE
        WHEN NOT knows_goods
        THEN '"There are too few product numbers to say whether the goods belong together."'
      END,
      CASE
        WHEN other_orders = 0
        THEN '"This buyer has no other order from that seller: what is usual is taken from other buyers."'
      END,
      CASE WHEN NOT is_certain THEN '"Origin or mode is not known for some of them."' END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"days": ' || CAST(day_count AS STRING),
      '"other_orders": ' || CAST(other_orders AS STRING),
      '"score": ' || CAST(score AS STRING),
      '"weight_of_goods": ' || CAST(goods AS STRING),
      '"weight_of_numbers": ' || CAST(numbers AS STRING),
      '"weight_of_pace": ' || CAST(pace AS STRING),
      '"weight_of_values": ' || CAST(worth AS STRING)
    ) AS attributes
  FROM crossings
)
SELECT
  *
FROM described
