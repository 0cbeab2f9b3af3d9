/* What was measured of one description_mismatch flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__description_mismatch
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    CAST(NULL AS STRING) AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(hts_chapter) AS hts_chapter,
    MIN(usual_chapter) AS usual_chapter,
    MIN(telling_words) AS telling_words,
    MAX(usual_shipments) AS usual_shipments,
    COUNT(DISTINCT product_id) AS products,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'description_mismatch' AS typology,
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
    rule_id,
    legal_basis,
    hts_chapter,
    usual_chapter,
    telling_words,
    usual_shipments,
    products
  FROM summed
)
SELECT
  *
FROM measured
