/* One shipment whose description reads as goods of another tariff chapter than its number. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), goods AS (
  SELECT
    *
  FROM goods_traits
  WHERE
    NOT usual_chapter IS NULL
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'description_mismatch'
), mismatched AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.product_id,
    shipments.hts_chapter,
    goods.usual_chapter,
    goods.telling_words,
    goods.usual_shipments,
    typologies.rule_id,
    typologies.source AS legal_basis,
    COALESCE('seller ' || shipments.seller, 'seller not known') || ', week of ' || CAST(shipments.week_start AS STRING) || ', chapter ' || shipments.hts_chapter || ' for ' || goods.usual_chapter AS subject
  FROM shipments
  INNER JOIN goods
    ON shipments.description = goods.description
    AND shipments.hts_chapter = goods.hts_chapter
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.line_count = 1
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'description_mismatch', subject, rule_id)), :id_digits) AS flag_id,
    mismatched.*
  FROM mismatched
)
SELECT
  *
FROM members
