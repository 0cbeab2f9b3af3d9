/* One ineligible_goods flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__ineligible_goods
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(kind) AS kind,
    MIN(goods) AS goods,
    MIN(hts_code) AS hts_code,
    MIN(exemption_basis) AS exemption_basis,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), described AS (
  SELECT
    flag_id,
    :regime AS regime,
    'ineligible_goods' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE
      WHEN kind IN ('tax', 'gift') AND exemption_basis <> 'assumed'
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    CAST(1 AS DOUBLE) AS size,
    'The exemption is claimed for a shipment under tariff number ' || hts_code || ', ' || goods || ', which cannot have it.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN kind IN ('antidumping', 'countervailing', 'quota')
        THEN '"The tariff number alone does not decide whether goods are within the case."'
      END,
      CASE
        WHEN kind = 'licence'
        THEN '"Another agency may have let them in; its papers are not in the data."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(', ', '"class": "' || kind || '"', '"claim": "' || exemption_basis || '"') AS attributes
  FROM summed
)
SELECT
  *
FROM described
