/* One shipment of a flag: its value, and what tells its place on the manifest. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), flags AS (
  SELECT
    *
  FROM mart_flags
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), pieces AS (
  SELECT
    members.flag_id,
    flags.typology,
    flags.limit_amount,
    members.shipment_uid,
    members.amount,
    shipments.arrival_date,
    shipments.mode,
    shipments.value_usd,
    shipments.customs_value_usd,
    shipments.conveyance_id,
    shipments.sequence_no,
    shipments.declared_at
  FROM members
  INNER JOIN flags
    ON members.flag_id = flags.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
)
SELECT
  *
FROM pieces
