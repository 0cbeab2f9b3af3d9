/* One piece of a day on which a warehouse got more than the limit of goods that nobody had bought yet. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), traits AS (
  SELECT
    *
  FROM party_traits
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'warehouse_consignee'
), pieces AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.pool,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.seller,
    shipments.is_certain,
    traits.name_words,
    typologies.rule_id,
    typologies.source AS legal_basis,
    COALESCE(
      'address ' || traits.place_key,
      'identity ' || shipments.identity_id,
      'consignee ' || shipments.alias_id
    ) AS place
  FROM shipments
  INNER JOIN traits
    ON shipments.alias_id = traits.alias_id
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    traits.name_kind IN ('fulfilment', 'warehouse')
    AND shipments.arrival_date >= traits.name_from
    AND shipments.arrival_date < COALESCE(traits.name_to, CAST('9999-12-31' AS DATE))
    AND NOT traits.is_owner_named
    AND NOT shipments.has_buyer
    AND NOT shipments.has_order
    AND shipments.is_claimed
    AND shipments.is_available
    AND NOT shipments.is_oversize
), summed AS (
  SELECT
    pieces.*,
    'warehouse at ' || place || ', ' || CAST(arrival_date AS STRING) || ', ' || pool AS subject,
    COUNT(*) OVER (PARTITION BY place, arrival_date, pool, limit_currency, rule_id) AS piece_count,
    CAST(SUM(amount) OVER (PARTITION BY place, arrival_date, pool, limit_currency, rule_id) AS DECIMAL(18, 2)) AS day_amount,
    MAX(limit_amount) OVER (PARTITION BY place, arrival_date, pool, limit_currency, rule_id) AS day_limit
  FROM pieces
), over_limit AS (
  SELECT
    *
  FROM summed
  WHERE
    piece_count >= :min_pieces AND day_amount > day_limit
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'warehouse_consignee', subject, rule_id)), :id_digits) AS flag_id,
    over_limit.*
  FROM over_limit
)
SELECT
  *
FROM members
