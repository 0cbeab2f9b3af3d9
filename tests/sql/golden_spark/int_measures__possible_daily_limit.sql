/* What was measured of one possible_daily_limit flag. */
/* grain: flag_id */
WITH members AS (
  SELECT
    *
  FROM int_members__possible_daily_limit
), pairs AS (
  SELECT
    *
  FROM int_pairs__of_possible_days
), days AS (
  SELECT
    *
  FROM int_days__claimed_by_identities
), ranked AS (
  SELECT
    pairs.*,
    ROW_NUMBER() OVER (
      PARTITION BY flag_id
      ORDER BY probability ASC NULLS LAST, identity_id_l ASC NULLS LAST, identity_id_r ASC NULLS LAST
    ) AS place
  FROM pairs
), weighed AS (
  SELECT
    flag_id,
    MAX(CASE WHEN place = 1 THEN name END) AS name,
    MAX(CASE WHEN place = 1 THEN unit END) AS unit,
    MAX(CASE WHEN place = 1 THEN phone END) AS phone,
    MAX(CASE WHEN place = 1 THEN email END) AS email,
    MAX(CASE WHEN place = 1 THEN kind END) AS kind,
    MAX(CASE WHEN place = 1 THEN pairs_of_one END) AS pairs_of_one,
    MAX(CASE WHEN place = 1 THEN pairs_of_two END) AS pairs_of_two,
    COUNT(*) AS pair_count,
    LISTAGG(
      
        CONCAT_WS(' ', alias_id_l, alias_id_r, CAST(CAST(probability AS DECIMAL(18, 3)) AS STRING)),
        '|'
      
    ) WITHIN GROUP (ORDER BY
      identity_id_l NULLS LAST,
      identity_id_r NULLS LAST) AS pairs
  FROM ranked
  GROUP BY
    flag_id
), flagged AS (
  SELECT DISTINCT
    members.flag_id,
    members.part_id
  FROM members
  INNER JOIN days
    ON members.part_id = days.identity_id
    AND members.arrival_date = days.arrival_date
    AND members.pool = days.pool
    AND members.limit_amount = days.limit_amount
    AND members.limit_currency = days.limit_currency
  WHERE
    days.is_over_limit
), flagged_parts AS (
  SELECT
    flag_id,
    COUNT(*) AS part_count
  FROM flagged
  GROUP BY
    flag_id
), summed AS (
  SELECT
    flag_id,
    MIN(identity_id) AS identity_id,
    MIN(subject) AS subject,
    MIN(arrival_date) AS arrival_date,
    COUNT(*) AS shipments,
    COUNT(DISTINCT part_id) AS identity_count,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MIN(limit_amount) AS limit_amount,
    MIN(limit_currency) AS limit_currency,
    MIN(probability) AS probability,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM members
  GROUP BY
    flag_id
), measured AS (
  SELECT
    summed.flag_id,
    :regime AS regime,
    'possible_daily_limit' AS typology,
    summed.identity_id,
    summed.subject,
    summed.arrival_date AS window_start,
    summed.arrival_date AS window_end,
    summed.shipments,
    summed.total_usd,
    summed.limit_amount,
    summed.limit_currency,
    CAST(summed.total_usd * (
      1 - CAST(summed.limit_amount AS DOUBLE) / CAST(summed.total_amount AS DOUBLE)
    ) AS DECIMAL(18, 2)) AS excess_usd,
    'inferred' AS strength,
    summed.probability AS size,
    summed.rule_id,
    summed.legal_basis,
    summed.total_amount,
    summed.identity_count,
    COALESCE(flagged_parts.part_count, 0) AS identities_over_limit,
    summed.probability,
    weighed.pairs,
    weighed.name,
    weighed.unit,
    weighed.phone,
    weighed.email,
    weighed.kind,
    weighed.pairs_of_one,
    weighed.pairs_of_two,
    weighed.pairs_of_one + weighed.pairs_of_two < :min_learned_pairs AS is_barely_learned,
    summed.is_certain
  FROM summed
  INNER JOIN weighed
    ON summed.flag_id = weighed.flag_id
  LEFT JOIN flagged_parts
    ON summed.flag_id = flagged_parts.flag_id
)
SELECT
  *
FROM measured
