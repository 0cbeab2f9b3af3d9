/* One flag over a limit that a single piece brings about, and the cheapest piece without which it falls. */
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
), enough AS (
  SELECT
    flag_id,
    shipment_uid,
    amount,
    limit_currency,
    is_last_pair
  FROM (
    SELECT
      flags.flag_id,
      members.shipment_uid,
      members.amount,
      flags.limit_currency,
      flags.shipments <= :min_pieces AS is_last_pair,
      ROW_NUMBER() OVER (
        PARTITION BY flags.flag_id
        ORDER BY members.amount NULLS LAST, members.shipment_uid NULLS LAST
      ) AS _w
    FROM flags
    INNER JOIN members
      ON flags.flag_id = members.flag_id
    WHERE
      flags.shipments <= :min_pieces
      OR flags.total_amount - members.amount <= flags.limit_amount
  ) AS _t
  WHERE
    _w = 1
), named AS (
  SELECT
    enough.flag_id,
    enough.shipment_uid,
    shipments.shipment_id,
    shipments.arrival_date,
    enough.amount,
    enough.limit_currency,
    enough.is_last_pair
  FROM enough
  INNER JOIN shipments
    ON enough.shipment_uid = shipments.shipment_uid
)
SELECT
  *
FROM named
