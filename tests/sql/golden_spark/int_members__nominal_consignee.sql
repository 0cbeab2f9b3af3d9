/* One shipment of a week that claims the exemption for a carrier, broker or forwarder in place of the buyer. */
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
    regime = :regime AND typology = 'nominal_consignee'
), nominal AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.entry_route <> 'exemption' AS is_entered,
    shipments.has_order,
    traits.name_kind,
    traits.name_words,
    typologies.rule_id,
    typologies.source AS legal_basis,
    COALESCE('identity ' || shipments.identity_id, 'consignee ' || shipments.alias_id) || ', week of ' || CAST(shipments.week_start AS STRING) || CASE WHEN shipments.entry_route <> 'exemption' THEN ', entries' ELSE '' END AS subject
  FROM shipments
  INNER JOIN traits
    ON shipments.alias_id = traits.alias_id
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    traits.name_kind IN ('forwarder', 'carrier', 'broker')
    AND shipments.arrival_date >= traits.name_from
    AND shipments.arrival_date < COALESCE(traits.name_to, CAST('9999-12-31' AS DATE))
    AND NOT traits.is_owner_named
    AND NOT shipments.has_buyer
    AND shipments.entry_route IN ('exemption', 'informal')
), counted AS (
  SELECT
    nominal.*,
    COUNT(*) OVER (PARTITION BY subject, rule_id) AS shipments_of_week
  FROM nominal
), many AS (
  SELECT
    *
  FROM counted
  WHERE
    shipments_of_week >= :min_pattern_shipments
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'nominal_consignee', subject, rule_id)), :id_digits) AS flag_id,
    many.*
  FROM many
)
SELECT
  *
FROM members
