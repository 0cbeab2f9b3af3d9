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
    COUNT(goods) = COUNT(*)
    AND COUNT(DISTINCT goods) = 1
    AND COUNT(quantity) = COUNT(*)
    AND MIN(quantity) = MAX(quantity) AS is_of_one_content,
    COUNT(*) FILTER(WHERE
      is_claimed) AS claimed_count,
    COUNT(*) FILTER(WHERE
      is_entered) AS entered_count,
    COUNT(DISTINCT identity_id) AS consignees,
    COUNT(*) = COUNT(*) FILTER(WHERE
      is_informal) AS is_all_informal,
    MAX(CASE WHEN is_claimed THEN value_usd END) AS claimed_usd,
    CAST(SUM(CASE WHEN is_entered THEN value_usd END) AS DECIMAL(18, 2)) AS entered_usd,
    MIN(value_usd) AS lowest_usd,
    MAX(value_usd) AS highest_usd,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), told AS (
  SELECT
    summed.*,
    CASE
      WHEN claimed_count > 0 AND entered_count > 0
      THEN CASE
        WHEN entered_usd < claimed_usd
        THEN 'claim entered lower'
        ELSE 'claim entered'
      END
      WHEN amounts > 1 AND is_of_one_content
      THEN 'other value'
      WHEN entered_count = shipments AND (
        amounts > 1 OR descriptions > 1
      )
      THEN 'parts'
      ELSE 'again'
    END AS way
  FROM summed
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
    CASE
      WHEN way IN ('claim entered', 'parts')
      OR (
        consignees > 1 AND entered_count = shipments
      )
      THEN 'supporting'
      WHEN way = 'again' AND NOT is_all_informal
      THEN 'objective'
      ELSE 'inferred'
    END AS strength,
    1 - 1 / CAST(CASE WHEN entries > 1 THEN entries ELSE shipments END AS DOUBLE) AS size,
    rule_id,
    legal_basis,
    way,
    entries,
    amounts,
    descriptions,
    CASE WHEN entered_count = shipments THEN consignees ELSE 1 END AS consignees,
    way = 'again' AND is_all_informal AS is_maybe_cut,
    claimed_usd,
    entered_usd,
    lowest_usd,
    highest_usd
  FROM told
)
SELECT
  *
FROM measured
