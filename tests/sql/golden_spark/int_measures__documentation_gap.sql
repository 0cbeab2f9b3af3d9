/* One documentation_gap flag in words and figures. */
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
), described AS (
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
    'For ' || CAST(shipments AS STRING) || ' of ' || CAST(claims_of_week AS STRING) || CASE WHEN is_entered THEN ' entries' ELSE ' claims' END || ' of the week a paper is known to be missing: ' || CONCAT_WS(
      ', ',
      CASE WHEN invoices > 0 THEN 'invoice ' || CAST(invoices AS STRING) END,
      CASE
        WHEN transport_documents > 0
        THEN 'transport document ' || CAST(transport_documents AS STRING)
      END,
      CASE
        WHEN proofs_of_order > 0
        THEN 'proof of order ' || CAST(proofs_of_order AS STRING)
      END,
      CASE
        WHEN importer_ids > 0
        THEN 'importer number ' || CAST(importer_ids AS STRING)
      END
    ) || '.' AS reason,
    CONCAT_WS(
      ', ',
      '"Where the data say nothing of a paper, it is not counted as missing."',
      CASE
        WHEN importer_ids > 0
        THEN '"The importer number counts as missing where the filer gives it for other shipments."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(', ', '"claims_of_week": ' || CAST(claims_of_week AS STRING)) AS attributes
  FROM summed
)
SELECT
  *
FROM described
