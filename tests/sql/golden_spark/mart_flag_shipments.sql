/* One shipment of a flag. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), ranked AS (
  SELECT
    *
  FROM int_members__ranked_in_flags
), cuts AS (
  SELECT
    *
  FROM int_flags__cut_short
), named AS (
  SELECT
    members.flag_id,
    members.shipment_uid,
    shipments.shipment_id,
    COALESCE(cuts.stands_on IN ('sum', 'each') AND ranked.place <= cuts.cut_count, FALSE) AS is_in_cut
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  LEFT JOIN ranked
    ON members.flag_id = ranked.flag_id AND members.shipment_uid = ranked.shipment_uid
  LEFT JOIN cuts
    ON members.flag_id = cuts.flag_id
)
SELECT
  *
FROM named
