/* One shipment of a seller and week whose description does not tell what the goods are. */
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
    NOT phrase IS NULL
), phrases AS (
  SELECT
    *
  FROM ref_vague_phrases
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'vague_description'
), claims AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    COALESCE('seller ' || shipments.seller, 'seller not known') AS seller,
    shipments.entry_route <> 'exemption' AS is_entered,
    shipments.week_start,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.hts_code,
    phrases.phrase,
    phrases.source,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN goods
    ON shipments.description = goods.description
    AND shipments.hts_chapter = goods.hts_chapter
  LEFT JOIN phrases
    ON goods.phrase = phrases.phrase
    AND shipments.arrival_date >= phrases.valid_from
    AND shipments.arrival_date < COALESCE(phrases.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    NOT shipments.entry_route IS NULL
    AND NOT shipments.description IS NULL
    AND shipments.line_count = 1
), counted AS (
  SELECT
    claims.*,
    COUNT(*) OVER (PARTITION BY seller, week_start, is_entered, rule_id) AS claims_of_week,
    COUNT(phrase) OVER (PARTITION BY seller, week_start, is_entered, rule_id) AS vague_count,
    seller || ', week of ' || CAST(week_start AS STRING) || CASE WHEN is_entered THEN ', entries' ELSE '' END AS subject
  FROM claims
), vague AS (
  SELECT
    *
  FROM counted
  WHERE
    NOT phrase IS NULL AND vague_count >= :min_pattern_shipments
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'vague_description', subject, rule_id)), :id_digits) AS flag_id,
    vague.*
  FROM vague
)
SELECT
  *
FROM members
