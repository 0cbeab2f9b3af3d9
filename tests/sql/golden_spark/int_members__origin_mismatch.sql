/* One shipment claimed free by its origin, while what else is known points to one without exemption. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), stretches AS (
  SELECT
    *
  FROM int_origins__suspended
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'origin_mismatch'
), claims AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    COALESCE('seller ' || shipments.sender, 'seller not known') AS sender,
    shipments.week_start,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.origin_country,
    shipments.shipper_country,
    shipments.export_country,
    CASE
      WHEN shipments.mode = 'mail'
      THEN REGEXP_EXTRACT(UPPER(shipments.shipment_id), '^[A-Z][A-Z][0-9]{9}([A-Z][A-Z])$')
    END AS posted_country
  FROM shipments
  WHERE
    shipments.is_claimed
    AND shipments.is_available
    AND NOT shipments.origin_country IS NULL
), pointed_to AS (
  SELECT
    claims.*,
    stretches.origin_country AS suspended_country,
    COALESCE(claims.shipper_country = stretches.origin_country, FALSE) AS is_shipped_from,
    COALESCE(claims.export_country = stretches.origin_country, FALSE) AS is_exported_from,
    COALESCE(claims.posted_country = stretches.origin_country, FALSE) AS is_posted_from
  FROM claims
  INNER JOIN stretches
    ON claims.arrival_date >= stretches.suspended_from
    AND claims.arrival_date < stretches.suspended_to
  WHERE
    claims.origin_country <> stretches.origin_country
    AND (
      claims.shipper_country = stretches.origin_country
      OR claims.export_country = stretches.origin_country
      OR claims.posted_country = stretches.origin_country
    )
), pointed AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY suspended_country NULLS LAST) AS _w
    FROM pointed_to
  ) AS _t
  WHERE
    _w = 1
), signed AS (
  SELECT
    pointed.*,
    CASE WHEN is_shipped_from THEN 1 ELSE 0 END + CASE WHEN is_exported_from THEN 1 ELSE 0 END + CASE WHEN is_posted_from THEN 1 ELSE 0 END AS sign_count,
    typologies.rule_id,
    typologies.source AS legal_basis,
    sender || ', week of ' || CAST(week_start AS STRING) || ', ' || suspended_country || ' as ' || pointed.origin_country AS subject
  FROM pointed
  INNER JOIN typologies
    ON pointed.arrival_date >= typologies.valid_from
    AND pointed.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'origin_mismatch', subject, rule_id)), :id_digits) AS flag_id,
    signed.*
  FROM signed
)
SELECT
  *
FROM members
