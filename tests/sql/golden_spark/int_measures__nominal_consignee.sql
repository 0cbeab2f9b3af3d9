/* One nominal_consignee flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__nominal_consignee
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
    MIN(name_kind) AS name_kind,
    MIN(name_words) AS name_words,
    COUNT(*) FILTER(WHERE
      has_order) AS ordered_count,
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
    'nominal_consignee' AS typology,
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
    1 - 1 / CAST(shipments + 1 AS DOUBLE) AS size,
    CASE
      WHEN is_entered
      THEN 'Informal entries are filed for '
      ELSE 'The exemption is claimed for '
    END || CAST(shipments AS STRING) || ' shipments whose consignee is by its name a ' || name_kind || ' ("' || name_words || '"), and no buyer or owner is given.' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN ordered_count > 0
        THEN '"' || CAST(ordered_count AS STRING) || ' of them carry an order number: somebody bought these, and may be named elsewhere."'
      END,
      '"What a firm does is read from its name."'
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(', ', '"kind_of_consignee": "' || name_kind || '"') AS attributes
  FROM summed
)
SELECT
  *
FROM described
