/* One fictitious_consignee flag in words and figures. */
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
), described AS (
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
    'The consignee of ' || CAST(shipments AS STRING) || CASE WHEN shipments = 1 THEN ' shipment' ELSE ' shipments' END || ' may not be a person or a place: ' || CONCAT_WS(
      '; ',
      CASE
        WHEN '+' || signs || '+' LIKE '%+nobody+%'
        THEN 'the name stands for nobody'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+cartoon+%'
        THEN 'it is the name of a cartoon figure'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+comic+%'
        THEN 'it is the name of a comic figure'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+story+%'
        THEN 'it is the name of a figure in a story'
      END,
      CASE WHEN '+' || signs || '+' LIKE '%+stand-in+%' THEN 'the name is a stand-in' END,
      CASE WHEN '+' || signs || '+' LIKE '%+keys+%' THEN 'the name is a row of keys' END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+one_letter+%'
        THEN 'the name is one letter over and over'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+digits+%'
        THEN 'the name is mostly digits'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+no_address+%'
        THEN 'the address holds no word'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+no_such_zip+%'
        THEN 'no ZIP code begins so'
      END,
      CASE
        WHEN '+' || signs || '+' LIKE '%+zip_state+%'
        THEN 'such ZIP codes are in another state'
      END
    ) || '.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN shipments < shipments_of_party
        THEN '"' || CAST(shipments_of_party - shipments AS STRING) || ' other shipments of the same consignee are written without this: it may be a slip."'
      END,
      CASE WHEN sign_count = 1 THEN '"It is one sign alone."' END,
      CASE
        WHEN claimed_count < shipments
        THEN '"For ' || CAST(shipments - claimed_count AS STRING) || ' of them no exemption is claimed; who the person is matters less there."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(', ', '"signs": "' || signs || '"') AS attributes
  FROM summed
)
SELECT
  *
FROM described
