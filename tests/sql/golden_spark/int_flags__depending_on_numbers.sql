/* One flag of an order whose lots bear several numbers, where no number by itself is over the limit. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM int_flags__over_a_limit
), members AS (
  SELECT
    *
  FROM int_members__united
), orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
), by_number AS (
  SELECT
    flags.flag_id,
    orders.written_number,
    flags.limit_amount,
    COUNT(*) AS shipments,
    SUM(members.amount) AS total_amount
  FROM flags
  INNER JOIN members
    ON flags.flag_id = members.flag_id
  INNER JOIN orders
    ON members.shipment_uid = orders.shipment_uid
  WHERE
    flags.typology = 'order_split'
    OR (
      flags.typology = 'informal_entry_split' AND NOT flags.is_of_person
    )
  GROUP BY
    flags.flag_id,
    orders.written_number,
    flags.limit_amount
), counted AS (
  SELECT
    flag_id,
    COUNT(*) AS number_count,
    COUNT(*) FILTER(WHERE
      shipments >= :min_pieces AND total_amount > limit_amount) AS over_limit_count
  FROM by_number
  GROUP BY
    flag_id
), hanging AS (
  SELECT
    flag_id,
    number_count
  FROM counted
  WHERE
    number_count > 1 AND over_limit_count = 0
)
SELECT
  *
FROM hanging
