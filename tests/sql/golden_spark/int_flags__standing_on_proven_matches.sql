/* One flag of a person that is over its limit by what proven matches hold together alone. */
/* grain: flag_id */
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
), parts AS (
  SELECT
    *
  FROM identity_proven_parts
), by_part AS (
  SELECT
    flags.flag_id,
    parts.part_id,
    MIN(flags.limit_amount) AS limit_amount,
    COUNT(*) AS shipments,
    SUM(members.amount) AS total_amount
  FROM flags
  INNER JOIN members
    ON flags.flag_id = members.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  LEFT JOIN parts
    ON shipments.alias_id = parts.alias_id
  WHERE
    flags.is_of_person
  GROUP BY
    flags.flag_id,
    parts.part_id
), standing AS (
  SELECT DISTINCT
    flag_id
  FROM by_part
  WHERE
    shipments >= :min_pieces AND total_amount > limit_amount
)
SELECT
  *
FROM standing
