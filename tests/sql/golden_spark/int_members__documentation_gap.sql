/* One shipment that claims the exemption and of which a paper is known to be missing. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'documentation_gap'
), claims AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    COALESCE(
      'filer ' || shipments.filer_code,
      'carrier ' || shipments.carrier_code,
      'filer not known'
    ) AS filer,
    shipments.week_start,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    COALESCE(NOT shipments.has_invoice, FALSE) AS lacks_invoice,
    COALESCE(NOT shipments.has_transport_document, FALSE) AS lacks_transport_document,
    COALESCE(NOT shipments.has_proof_of_order, FALSE) AS lacks_proof_of_order,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.is_claimed
), counted AS (
  SELECT
    claims.*,
    COUNT(*) OVER (PARTITION BY filer, week_start, rule_id) AS claims_of_week,
    filer || ', week of ' || CAST(week_start AS STRING) AS subject
  FROM claims
), lacking AS (
  SELECT
    *
  FROM counted
  WHERE
    lacks_invoice OR lacks_transport_document OR lacks_proof_of_order
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'documentation_gap', subject, rule_id)), :id_digits) AS flag_id,
    lacking.*
  FROM lacking
)
SELECT
  *
FROM members
