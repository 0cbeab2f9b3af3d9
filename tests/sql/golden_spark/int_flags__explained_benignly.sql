/* One flag and an innocent explanation that its shipments show. */
/* grain: flag_id, benign */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__of_splits
), benign AS (
  SELECT
    *
  FROM ref_benign_splits
), of_sellers /* an order of a marketplace is as many contracts as it has sellers: what counts is each seller's own part */ AS (
  SELECT
    flag_id,
    seller,
    SUM(amount) AS seller_amount
  FROM pieces
  WHERE
    NOT seller IS NULL
  GROUP BY
    flag_id,
    seller
), seller_parts AS (
  SELECT
    flag_id,
    COUNT(*) AS sellers,
    MAX(seller_amount) AS largest_part
  FROM of_sellers
  GROUP BY
    flag_id
), summed AS (
  SELECT
    flag_id,
    MIN(typology) AS typology,
    MAX(window_end) AS window_end,
    MAX(limit_amount) AS limit_amount,
    COUNT(*) AS shipments,
    COUNT(house_bill) AS billed,
    COUNT(DISTINCT house_bill) AS bills,
    COUNT(conveyance_id) AS conveyed,
    COUNT(DISTINCT conveyance_id || CAST(arrival_date AS STRING)) AS conveyances,
    COUNT(marketplace) AS on_marketplace,
    COUNT(DISTINCT marketplace) AS marketplaces,
    COUNT(DISTINCT order_number) AS orders,
    COUNT(seller) AS sold,
    COUNT(goods) AS named_goods,
    COUNT(DISTINCT goods) AS kinds_of_goods,
    MIN(value_usd) AS lowest_usd,
    MAX(value_usd) AS highest_usd,
    COUNT(weight_kg) AS weighed,
    SUM(CASE WHEN weight_place <= 1 + 1 THEN weight_kg END) AS lightest_two_kg,
    MAX(most_kg) AS most_kg,
    COUNT(most_kg) AS with_most_kg,
    MIN(DATEDIFF(DAY, previous_date, arrival_date)) AS shortest_gap,
    MAX(DATEDIFF(DAY, previous_date, arrival_date)) AS longest_gap,
    COUNT(*) FILTER(WHERE
      is_replacement) AS replacements,
    SUM(CASE WHEN is_replacement THEN 0 ELSE amount END) AS amount_without_replacements,
    COUNT(*) FILTER(WHERE
      is_backorder) AS backorders,
    COUNT(*) FILTER(WHERE
      is_subscription) AS subscriptions,
    COUNT(*) FILTER(WHERE
      is_known_place) AS at_known_place
  FROM pieces
  GROUP BY
    flag_id
), judged AS (
  SELECT
    summed.*,
    seller_parts.sellers,
    shipments /* 19 CFR 141.57 and 141.58 are about parts that come on several conveyances, and explain nothing on one */ > 1
    AND billed = shipments
    AND bills = 1
    AND NOT (
      conveyed = shipments AND conveyances = 1
    ) AS is_carrier_split,
    shipments > 1
    AND on_marketplace = shipments
    AND marketplaces = 1
    AND orders = 1
    AND sold = shipments
    AND seller_parts.sellers > 1
    AND seller_parts.largest_part <= limit_amount AS is_multi_vendor,
    shipments > 1
    AND weighed = shipments
    AND with_most_kg = shipments
    AND lightest_two_kg > most_kg AS is_oversize,
    (
      shipments > 1 + 1
      AND named_goods = shipments
      AND kinds_of_goods = 1
      AND lowest_usd = highest_usd
      AND shortest_gap >= :min_delivery_gap_days
      AND longest_gap - shortest_gap <= :delivery_jitter_days
    )
    OR (
      subscriptions = shipments AND shortest_gap >= :min_delivery_gap_days
    ) AS is_subscription,
    replacements > 0
    AND (
      shipments - replacements < :min_pieces
      OR amount_without_replacements <= limit_amount
    ) AS is_replacement,
    backorders > 0 AND backorders >= shipments - 1 AS is_backorder_said,
    shipments > 1
    AND named_goods = shipments
    AND kinds_of_goods = shipments
    AND shortest_gap >= :min_backorder_days AS is_backorder_seen,
    at_known_place = shipments AS is_known_place
  FROM summed
  LEFT JOIN seller_parts
    ON summed.flag_id = seller_parts.flag_id
), explained AS (
  SELECT
    judged.flag_id,
    judged.typology,
    benign.benign,
    benign.effect,
    judged.sellers,
    judged.lightest_two_kg,
    judged.most_kg,
    judged.shortest_gap,
    judged.longest_gap,
    judged.replacements,
    benign.source,
    benign.confidence
  FROM judged
  INNER JOIN benign
    ON judged.typology = benign.typology
    AND judged.window_end >= benign.valid_from
    AND judged.window_end < COALESCE(benign.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    CASE benign.benign
      WHEN 'carrier_split'
      THEN judged.is_carrier_split
      WHEN 'multi_vendor'
      THEN judged.is_multi_vendor
      WHEN 'oversize'
      THEN judged.is_oversize
      WHEN 'subscription'
      THEN judged.is_subscription
      WHEN 'replacement'
      THEN judged.is_replacement
      WHEN 'backorder_said'
      THEN judged.is_backorder_said
      WHEN 'backorder_seen'
      THEN judged.is_backorder_seen
      WHEN 'known_place'
      THEN judged.is_known_place
    END
)
SELECT
  *
FROM explained
