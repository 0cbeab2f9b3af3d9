/* One shipment for a consignee whose name is nobodys or whose address is none. */
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
    regime = :regime AND typology = 'fictitious_consignee'
), parties AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.is_claimed,
    traits.signs,
    traits.sign_count,
    typologies.rule_id,
    typologies.source AS legal_basis,
    COALESCE('identity ' || shipments.identity_id, 'consignee ' || shipments.alias_id) AS subject
  FROM shipments
  INNER JOIN traits
    ON shipments.alias_id = traits.alias_id
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
), marked AS (
  SELECT DISTINCT
    subject,
    rule_id
  FROM parties
  WHERE
    sign_count > 0
), counted AS (
  SELECT
    parties.*,
    COUNT(*) OVER (PARTITION BY parties.subject, parties.rule_id) AS shipments_of_party
  FROM parties
  INNER JOIN marked
    ON parties.subject = marked.subject AND parties.rule_id = marked.rule_id
), signed AS (
  SELECT
    *
  FROM counted
  WHERE
    sign_count > 0
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'fictitious_consignee', subject, rule_id)), :id_digits) AS flag_id,
    signed.*
  FROM signed
)
SELECT
  *
FROM members
