/* One undervaluation flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__undervaluation
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    CAST(SUM(usual_value_usd) AS DECIMAL(18, 2)) AS usual_value_usd,
    MAX(usual_usd) AS usual_usd,
    MAX(peers) AS peers,
    COUNT(*) FILTER(WHERE
      unit_kg IS NULL) AS unweighed_count,
    COUNT(*) FILTER(WHERE
      is_fitted) AS fitted_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'undervaluation' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN fitted_count > 0 THEN 'inferred' ELSE 'supporting' END AS strength,
    1 - CAST(total_usd AS DOUBLE) / CAST(usual_value_usd AS DOUBLE) AS size,
    CAST(shipments AS STRING) || CASE WHEN shipments = 1 THEN ' shipment is' ELSE ' shipments are' END || ' declared at USD ' || CAST(total_usd AS STRING) || ' together; at the usual price of the same goods of ' || 'the same seller (USD ' || CAST(CAST(usual_usd AS DECIMAL(18, 2)) AS STRING) || ' a piece, ' || CAST(peers AS STRING) || ' shipments) it would be USD ' || CAST(usual_value_usd AS STRING) || '.' || CASE
      WHEN fitted_count > 0
      THEN ' At that price ' || CAST(fitted_count AS STRING) || CASE
        WHEN fitted_count = 1
        THEN ' of them would be'
        ELSE ' of them would each be'
      END || ' over the limit.'
      ELSE ''
    END AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN unweighed_count > 0
        THEN '"The weight of ' || CAST(unweighed_count AS STRING) || ' of them is not known: they may be a smaller pack."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"usual_value_usd": ' || CAST(usual_value_usd AS STRING),
      '"peers": ' || CAST(peers AS STRING),
      '"would_not_fit": ' || CAST(fitted_count AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
