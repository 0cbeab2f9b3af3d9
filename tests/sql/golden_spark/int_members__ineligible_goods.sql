/* One shipment that claims the exemption for goods of a class that cannot have it. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), goods AS (
  SELECT
    *
  FROM int_goods__ineligible
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'ineligible_goods'
), ineligible AS (
  SELECT
    shipment_uid,
    amount,
    identity_id,
    arrival_date,
    value_usd,
    exemption_basis,
    hts_code,
    kind,
    goods,
    rule_id,
    legal_basis,
    subject
  FROM (
    SELECT
      shipments.shipment_uid,
      shipments.amount,
      shipments.identity_id,
      shipments.arrival_date,
      shipments.value_usd,
      shipments.exemption_basis,
      shipments.hts_code,
      goods.kind,
      goods.goods,
      typologies.rule_id || '-' || UPPER(goods.kind) AS rule_id,
      goods.source AS legal_basis,
      'shipment ' || shipments.shipment_uid AS subject,
      ROW_NUMBER() OVER (
        PARTITION BY shipments.shipment_uid
        ORDER BY goods.kind = 'agency' NULLS LAST, goods.kind NULLS LAST, goods.goods NULLS LAST
      ) AS _w
    FROM shipments
    INNER JOIN goods
      ON shipments.hts_code = goods.hts_code
      AND shipments.arrival_date >= goods.valid_from
      AND shipments.arrival_date < COALESCE(goods.valid_to, CAST('9999-12-31' AS DATE))
      AND COALESCE(goods.origin_country, shipments.origin_country, '-') = COALESCE(shipments.origin_country, '-')
      AND COALESCE(goods.pool, shipments.pool) = shipments.pool
      AND shipments.value_usd > COALESCE(goods.above_usd, -1)
      AND (
        goods.entry_types IS NULL
        OR '|' || goods.entry_types || '|' LIKE '%|' || shipments.entry_type || '|%'
      )
    INNER JOIN typologies
      ON shipments.arrival_date >= typologies.valid_from
      AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
    WHERE
      shipments.is_claimed AND shipments.is_available
  ) AS _t
  WHERE
    _w = 1
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'ineligible_goods', subject, rule_id)), :id_digits) AS flag_id,
    ineligible.*
  FROM ineligible
)
SELECT
  *
FROM members
