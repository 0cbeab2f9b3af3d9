/* One shipment of a flag, its place by value within it, and how many its group holds where groups are counted. */
/* grain: flag_id, shipment_uid */
WITH members AS (
  SELECT
    *
  FROM int_members__united
), findings AS (
  SELECT
    *
  FROM int_measures__united
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
), latest AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY typology ORDER BY valid_from DESC) AS _w
    FROM typologies
  ) AS _t
  WHERE
    _w = 1
), told AS (
  SELECT
    members.flag_id,
    members.shipment_uid,
    members.amount,
    findings.limit_amount,
    latest.stands_on,
    shipments.value_usd,
    CASE
      WHEN latest.stands_on = 'names'
      THEN shipments.identity_id
      WHEN latest.stands_on = 'pieces'
      THEN UPPER(TRIM(shipments.entry_number))
    END AS group_name
  FROM members
  INNER JOIN findings
    ON members.flag_id = findings.flag_id
  INNER JOIN shipments
    ON members.shipment_uid = shipments.shipment_uid
  INNER JOIN latest
    ON findings.typology = latest.typology
), ranked AS (
  SELECT
    told.*,
    COUNT(*) OVER (PARTITION BY flag_id, group_name) AS group_size,
    ROW_NUMBER() OVER (PARTITION BY flag_id, group_name ORDER BY shipment_uid NULLS LAST) AS group_place,
    ROW_NUMBER() OVER (PARTITION BY flag_id ORDER BY amount DESC, shipment_uid ASC NULLS LAST) AS place,
    COUNT(*) OVER (PARTITION BY flag_id) AS shipments,
    CAST(SUM(amount) OVER (PARTITION BY flag_id) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(amount) OVER (
      PARTITION BY flag_id
      ORDER BY amount DESC, shipment_uid ASC NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS DECIMAL(18, 2)) AS dearest_amount
  FROM told
)
SELECT
  *
FROM ranked
