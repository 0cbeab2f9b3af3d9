/* One group of shipments without an order number that are likely lots of one order, and over the limit together. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__inferred_order_split
), lots AS (
  SELECT
    *
  FROM int_lots__of_no_known_order
), groups AS (
  SELECT
    *
  FROM inferred_orders
), summed AS (
  SELECT
    members.flag_id,
    members.lots_key,
    MIN(lots.arrival_date) AS window_start,
    MAX(lots.arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(lots.amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(lots.value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(lots.limit_amount) AS limit_amount,
    MIN(lots.limit_currency) AS limit_currency,
    COUNT(DISTINCT lots.arrival_date) AS day_count,
    MIN(CASE WHEN lots.is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(lots.rule_id) AS rule_id,
    MIN(lots.legal_basis) AS legal_basis
  FROM members
  INNER JOIN lots
    ON members.shipment_uid = lots.shipment_uid
  GROUP BY
    members.flag_id,
    members.lots_key
), described AS (
  SELECT
    summed.*,
    groups.identity_id,
    groups.seller_key,
    groups.score,
    groups.pace,
    groups.worth,
    groups.goods,
    groups.numbers,
    groups.other_orders,
    groups.knows_goods,
    groups.is_like_back_order,
    groups.is_like_repeat,
    groups.is_evenly_spaced
  FROM summed
  INNER JOIN groups
    ON summed.lots_key = groups.lots_key
)
SELECT
  *
FROM described
