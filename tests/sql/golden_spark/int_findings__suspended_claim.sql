/* One suspended_claim flag in words and figures. */
/* grain: flag_id */
WITH crossings AS (
  SELECT
    *
  FROM int_crossings__suspended_claim
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'suspended_claim' AS typology,
    identity_id,
    subject,
    arrival_date AS window_start,
    arrival_date AS window_end,
    CAST(1 AS BIGINT) AS shipments,
    value_usd AS total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN is_certain THEN 'objective' ELSE 'inferred' END AS strength,
    CAST(1 AS DOUBLE) AS size,
    'The exemption is claimed for a shipment worth USD ' || CAST(value_usd AS STRING) || ' that arrived on ' || CAST(arrival_date AS STRING) || ', when none was on offer' || CASE WHEN is_certain THEN '' ELSE ' ' || coverage END || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN NOT is_certain
        THEN '"Origin or mode is not known; elsewhere the exemption was still on offer that day."'
      END,
      CASE
        WHEN exemption_basis = 'entry_type'
        THEN '"The claim is read from the entry type; no claim was handed in."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"claim": "' || exemption_basis || '"',
      '"origin_known": ' || CAST(NOT origin_country IS NULL AS STRING)
    ) AS attributes
  FROM crossings
)
SELECT
  *
FROM described
