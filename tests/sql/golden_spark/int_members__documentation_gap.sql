/* One shipment that claims the exemption and of which a paper is known to be missing. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), required /* the entry types of the programs that ask for the importer's number */ AS (
  SELECT
    program,
    REPLACE(program, 'type_', '') AS entry_type,
    valid_from,
    valid_to
  FROM ref_required_data
  WHERE
    regime = :regime AND column_name = 'importer_id_hash' AND program LIKE 'type_%'
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
    shipments.entry_route <> 'exemption' AS is_entered,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    COALESCE(NOT shipments.has_invoice, FALSE) AS lacks_invoice,
    COALESCE(NOT shipments.has_transport_document, FALSE) AS lacks_transport_document,
    shipments.entry_route = 'exemption'
    AND COALESCE(NOT shipments.has_proof_of_order, FALSE) AS lacks_proof_of_order,
    NOT required.program IS NULL AND NOT shipments.has_importer_id AS lacks_importer_id,
    MAX(CASE WHEN shipments.has_importer_id THEN 1 ELSE 0 END) OVER (PARTITION BY shipments.filer_code) = 1 AS is_importer_id_usual,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  LEFT JOIN required
    ON shipments.entry_type = required.entry_type
    AND shipments.arrival_date >= required.valid_from
    AND shipments.arrival_date < COALESCE(required.valid_to, CAST('9999-12-31' AS DATE))
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    NOT shipments.entry_route IS NULL
), counted AS (
  SELECT
    claims.*,
    COUNT(*) OVER (PARTITION BY filer, week_start, is_entered, rule_id) AS claims_of_week,
    filer || ', week of ' || CAST(week_start AS STRING) || CASE WHEN is_entered THEN ', entries' ELSE '' END AS subject
  FROM claims
), lacking AS (
  SELECT
    *
  FROM counted
  WHERE
    lacks_invoice
    OR lacks_transport_document
    OR lacks_proof_of_order
    OR /* null is not known to be missing, unless the filer gives it of other shipments */ (
      lacks_importer_id AND is_importer_id_usual
    )
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'documentation_gap', subject, rule_id)), :id_digits) AS flag_id,
    lacking.*
  FROM lacking
)
SELECT
  *
FROM members
