/* One shipment of a flag. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), named AS (
  SELECT
    members.flag_id,
    members.shipment_uid,
    shipments.shipment_id
  FROM members
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
)
SELECT
  *
FROM named
