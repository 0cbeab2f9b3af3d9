/* One seller and kind of goods: the usual price, weight and number of pieces, how far prices stray. */
/* grain: seller, goods */
WITH priced AS (
  SELECT
    *
  FROM int_goods__priced
), ordered /* of n in order, the middle one or both middle ones are those whose double place is n, n + 1 or n + 2 */ AS (
  SELECT
    priced.*,
    ROW_NUMBER() OVER (PARTITION BY seller, goods ORDER BY unit_usd NULLS LAST, shipment_uid NULLS LAST) AS price_place,
    ROW_NUMBER() OVER (PARTITION BY seller, goods ORDER BY unit_kg NULLS LAST, shipment_uid NULLS LAST) AS weight_place,
    ROW_NUMBER() OVER (PARTITION BY seller, goods ORDER BY quantity NULLS LAST, shipment_uid NULLS LAST) AS quantity_place,
    COUNT(unit_kg) OVER (PARTITION BY seller, goods) AS weighed
  FROM priced
), middles AS (
  SELECT
    seller,
    goods,
    MAX(peers) AS peers,
    AVG(
      CASE
        WHEN price_place + price_place BETWEEN peers AND peers + 1 + 1
        THEN unit_usd
      END
    ) AS usual_usd,
    AVG(
      CASE
        WHEN weight_place + weight_place BETWEEN weighed AND weighed + 1 + 1
        THEN unit_kg
      END
    ) AS usual_kg,
    AVG(
      CASE
        WHEN quantity_place + quantity_place BETWEEN peers AND peers + 1 + 1
        THEN quantity
      END
    ) AS usual_quantity
  FROM ordered
  GROUP BY
    seller,
    goods
), strayed AS (
  SELECT
    priced.seller,
    priced.goods,
    priced.peers,
    ABS(priced.unit_usd - middles.usual_usd) AS deviation,
    ROW_NUMBER() OVER (
      PARTITION BY priced.seller, priced.goods
      ORDER BY ABS(priced.unit_usd - middles.usual_usd) NULLS LAST, priced.shipment_uid NULLS LAST
    ) AS place
  FROM priced
  INNER JOIN middles
    ON priced.seller = middles.seller AND priced.goods = middles.goods
), spreads AS (
  SELECT
    seller,
    goods,
    AVG(CASE WHEN place + place BETWEEN peers AND peers + 1 + 1 THEN deviation END) AS spread_usd,
    MIN(CASE WHEN place >= CAST(:steady_part AS DOUBLE) * peers THEN deviation END) AS steady_usd
  FROM strayed
  GROUP BY
    seller,
    goods
), usual AS (
  SELECT
    middles.seller,
    middles.goods,
    middles.peers,
    CAST(middles.usual_usd AS DECIMAL(18, 4)) AS usual_usd,
    CAST(middles.usual_kg AS DECIMAL(18, 4)) AS usual_kg,
    CAST(middles.usual_quantity AS DECIMAL(18, 4)) AS usual_quantity,
    CAST(spreads.spread_usd AS DECIMAL(18, 4)) AS spread_usd,
    CAST(spreads.steady_usd AS DECIMAL(18, 4)) AS steady_usd
  FROM middles
  INNER JOIN spreads
    ON middles.seller = spreads.seller AND middles.goods = spreads.goods
)
SELECT
  *
FROM usual
