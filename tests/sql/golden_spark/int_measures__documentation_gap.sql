/* What was measured of one documentation_gap flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__documentation_gap
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(claims_of_week) AS claims_of_week,
    COUNT(*) FILTER(WHERE
      lacks_invoice) AS invoices,
    COUNT(*) FILTER(WHERE
      lacks_transport_document) AS transport_documents,
    COUNT(*) FILTER(WHERE
      lacks_proof_of_order) AS proofs_of_order,
    COUNT(*) FILTER(WHERE
      lacks_importer_id AND is_importer_id_usual) AS importer_ids,
    BOOL_OR(is_entered) AS is_entered,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'documentation_gap' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    'supporting' AS strength,
    CAST(shipments AS DOUBLE) / CAST(claims_of_week AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    claims_of_week,
    invoices,
    transport_documents,
    proofs_of_order,
    importer_ids,
    is_entered
  FROM summed
)
SELECT
  *
FROM measured
