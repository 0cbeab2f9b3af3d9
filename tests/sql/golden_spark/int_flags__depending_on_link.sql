/* One flag of a person that a single link between spellings brings about, and the weakest link without which it falls. */
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
), sides AS (
  SELECT
    *
  FROM identity_bridge_sides
), parted AS (
  SELECT
    flags.flag_id,
    sides.alias_id_l,
    sides.alias_id_r,
    sides.probability,
    MIN(flags.shipments) AS shipments,
    MIN(flags.total_amount) AS total_amount,
    MIN(flags.limit_amount) AS limit_amount,
    COUNT(*) AS side_shipments,
    CAST(SUM(members.amount) AS DECIMAL(18, 2)) AS side_amount
  FROM flags
  INNER JOIN members
    ON flags.flag_id = members.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  INNER JOIN sides
    ON shipments.alias_id = sides.alias_id
  WHERE
    flags.is_of_person
  GROUP BY
    flags.flag_id,
    sides.alias_id_l,
    sides.alias_id_r,
    sides.probability
), clearing AS (
  SELECT
    flag_id,
    alias_id_l,
    alias_id_r,
    probability
  FROM (
    SELECT
      flag_id,
      alias_id_l,
      alias_id_r,
      probability,
      ROW_NUMBER() OVER (
        PARTITION BY flag_id
        ORDER BY probability NULLS LAST, alias_id_l NULLS LAST, alias_id_r NULLS LAST
      ) AS _w
    FROM parted
    WHERE
      (
        side_shipments < :min_pieces OR side_amount <= limit_amount
      )
      AND (
        shipments - side_shipments < :min_pieces
        OR total_amount - side_amount <= limit_amount
      )
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM clearing
