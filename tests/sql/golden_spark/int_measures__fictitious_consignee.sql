/* What was measured of one fictitious_consignee flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__fictitious_consignee
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
    MIN(signs) AS signs,
    MAX(sign_count) AS sign_count,
    MAX(shipments_of_party) AS shipments_of_party,
    COUNT(*) FILTER(WHERE
      is_claimed) AS claimed_count,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'fictitious_consignee' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE WHEN sign_count > 1 THEN 'inferred' ELSE 'supporting' END AS strength,
    CAST(shipments AS DOUBLE) / CAST(shipments_of_party AS DOUBLE) * CASE WHEN signs = 'zip_state' THEN 0.25 ELSE 1 END AS size,
    rule_id,
    legal_basis,
    signs,
    sign_count,
    shipments_of_party,
    claimed_count
  FROM summed
)
SELECT
  *
FROM measured
