/* One flag of a person and stricter threshold: what of it is still over the limit where its person falls into parts. */
/* grain: flag_id, threshold */
WITH flags AS (
  SELECT
    *
  FROM int_flags__over_a_limit
), members AS (
  SELECT
    *
  FROM int_members__united
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
  WHERE
    standing IN ('stricter', 'low', 'certain')
), parts AS (
  SELECT
    *
  FROM identity_parts
), by_part AS (
  SELECT
    flags.flag_id,
    thresholds.threshold,
    parts.part_id,
    MIN(flags.limit_amount) AS limit_amount,
    COUNT(*) AS shipments,
    SUM(members.amount) AS total_amount,
    SUM(shipments.value_usd) AS total_usd
  FROM flags
  INNER JOIN members
    ON flags.flag_id = members.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  CROSS JOIN thresholds
  LEFT JOIN parts
    ON shipments.alias_id = parts.alias_id AND thresholds.threshold = parts.threshold
  WHERE
    flags.is_of_person
  GROUP BY
    flags.flag_id,
    thresholds.threshold,
    parts.part_id
), judged AS (
  SELECT
    by_part.*,
    shipments >= :min_pieces AND total_amount > limit_amount AS is_over_limit
  FROM by_part
), summed AS (
  SELECT
    flag_id,
    threshold,
    MAX(CASE WHEN is_over_limit THEN 1 ELSE 0 END) = 1 AS is_over_limit,
    CAST(COALESCE(SUM(shipments) FILTER(WHERE
      is_over_limit), 0) AS BIGINT) AS shipments,
    CAST(COALESCE(SUM(total_usd) FILTER(WHERE
      is_over_limit), 0) AS DECIMAL(18, 2)) AS total_usd
  FROM judged
  GROUP BY
    flag_id,
    threshold
)
SELECT
  *
FROM summed
