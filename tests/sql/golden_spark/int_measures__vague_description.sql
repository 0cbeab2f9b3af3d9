/* One vague_description flag in words and figures. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__vague_description
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
    COUNT(DISTINCT phrase) AS phrases,
    MIN(phrase) AS first_phrase,
    MIN(source) AS phrase_source,
    COUNT(hts_code) AS coded_count,
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
    'vague_description' AS typology,
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
    'The description of ' || CAST(shipments AS STRING) || ' of ' || CAST(claims_of_week AS STRING) || CASE WHEN is_entered THEN ' entries' ELSE ' claims' END || ' of the week tells no more than "' || first_phrase || '"' || CASE WHEN phrases > 1 THEN ' or the like' ELSE '' END || ' (' || phrase_source || ').' AS reason,
    CONCAT_WS(
      ', ',
      CASE
        WHEN coded_count > 0
        THEN '"' || CAST(coded_count AS STRING) || ' of ' || CAST(shipments AS STRING) || ' carry a tariff number, which tells more than the words."'
      END
    ) AS counter_reasons,
    rule_id,
    legal_basis,
    CONCAT_WS(
      ', ',
      '"claims_of_week": ' || CAST(claims_of_week AS STRING),
      '"phrases": ' || CAST(phrases AS STRING)
    ) AS attributes
  FROM summed
)
SELECT
  *
FROM described
