/* One shipment of a flag: its value, what the flag puts at stake, and what tells its place on the manifest. */
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
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime
), pieces AS (
  SELECT
    members.flag_id,
    flags.typology,
    flags.limit_amount,
    COALESCE(typologies.lost, 'unknown') AS lost,
    CASE WHEN typologies.reading = 'lots' THEN 'lots' ELSE 'all' END AS reading,
    COALESCE(typologies.has_order_readings, FALSE) AS has_order_readings,
    members.shipment_uid,
    members.amount,
    shipments.arrival_date,
    shipments.released_date,
    shipments.exemption_claimed,
    shipments.origin_country,
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
  LEFT JOIN typologies
    ON flags.typology = typologies.typology
    AND flags.window_end >= typologies.valid_from
    AND flags.window_end < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
)
SELECT
  *
FROM pieces
