/* What was measured of one duplicate_entry flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__duplicate_entry
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
    COUNT(DISTINCT entry_number) AS entries,
    COUNT(DISTINCT value_usd) AS amounts,
    COUNT(DISTINCT description) AS descriptions,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    flag_id,
    :regime AS regime,
    'duplicate_entry' AS typology,
    identity_id,
    subject,
    window_start,
    window_end,
    shipments,
    total_usd,
    CAST(NULL AS DECIMAL(18, 2)) AS limit_amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS DECIMAL(18, 2)) AS excess_usd,
    'objective' AS strength,
    1 - 1 / CAST(entries AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    entries,
    amounts,
    descriptions
  FROM summed
)
SELECT
  *
FROM measured
