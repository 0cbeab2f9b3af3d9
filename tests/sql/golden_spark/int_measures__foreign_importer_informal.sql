/* What was measured of one foreign_importer_informal flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__foreign_importer_informal
), summed AS (
  SELECT
    flag_id,
    MIN(subject) AS subject,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    COUNT(DISTINCT entry) AS entries,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(importer_country) AS importer_country,
    COUNT(known_importer) = COUNT(*) AS is_named,
    COUNT(*) FILTER(WHERE
      is_country_given) AS given_count,
    MIN(CASE WHEN is_in_force THEN 1 ELSE 0 END) = 1 AS is_in_force,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'foreign_importer_informal' AS typology,
    CAST(NULL AS STRING) AS identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    CASE
      WHEN NOT is_in_force
      THEN 'supporting'
      WHEN given_count = shipments
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - 1 / CAST(entries + 1 AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    entries,
    importer_country,
    is_named,
    given_count,
    is_in_force
  FROM summed
)
SELECT
  *
FROM measured
