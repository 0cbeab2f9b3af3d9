/* One shipment far below the usual price of the same goods of the same seller, at the same weight. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), priced AS (
  SELECT
    *
  FROM int_goods__priced
), prices AS (
  SELECT
    *
  FROM int_goods__usual_prices
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'undervaluation'
), compared AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.is_claimed AND shipments.is_available AND NOT shipments.is_oversize AS is_free,
    shipments.limit_amount,
    priced.unit_kg,
    prices.peers,
    prices.usual_usd,
    CAST(prices.usual_usd * shipments.quantity AS DECIMAL(18, 2)) AS usual_value_usd,
    typologies.rule_id,
    typologies.source AS legal_basis,
    'seller ' || priced.seller || ', ' || priced.goods || ', week of ' || CAST(shipments.week_start AS STRING) AS subject
  FROM shipments
  INNER JOIN priced
    ON shipments.shipment_uid = priced.shipment_uid
  INNER JOIN prices
    ON priced.seller = prices.seller AND priced.goods = prices.goods
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    prices.steady_usd <= CAST(:steady_share AS DECIMAL(18, 4)) * prices.usual_usd
    AND priced.unit_usd < CAST(:low_price_share AS DOUBLE) * CAST(prices.usual_usd AS DOUBLE)
    AND priced.unit_usd < CAST(prices.usual_usd AS DOUBLE) - :price_spread * CAST(prices.spread_usd AS DOUBLE)
    AND priced.quantity <= :most_of_usual_quantity * CAST(prices.usual_quantity AS DOUBLE)
    AND COALESCE(
      priced.unit_kg >= CAST(:same_weight_share AS DOUBLE) * CAST(prices.usual_kg AS DOUBLE),
      TRUE
    )
), fitted AS (
  SELECT
    compared.*,
    is_free AND usual_value_usd > limit_amount AS is_fitted
  FROM compared
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'undervaluation', subject, rule_id)), :id_digits) AS flag_id,
    fitted.*
  FROM fitted
)
SELECT
  *
FROM members
