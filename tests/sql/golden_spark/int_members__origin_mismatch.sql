/* One shipment whose origin is free or pays less, while what else is known points to one without exemption or dearer. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), stretches AS (
  SELECT
    *
  FROM int_origins__suspended
), layered AS (
  SELECT
    *
  FROM int_origins__layered
), goods AS (
  SELECT
    *
  FROM int_goods__on_duty_lists
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'origin_mismatch'
), sent AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    COALESCE('seller ' || shipments.sender, 'seller not known') AS sender,
    shipments.week_start,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.hts_code,
    shipments.origin_country,
    shipments.shipper_country,
    CASE
      WHEN COALESCE(shipments.mode <> 'truck', TRUE)
      OR COALESCE(shipments.shipper_country <> shipments.origin_country, TRUE)
      THEN shipments.export_country
    END AS export_country, /* what comes by truck comes from where it is stocked, be its shipper at home where it is made */
    CASE
      WHEN shipments.mode = 'mail'
      THEN REGEXP_EXTRACT(UPPER(shipments.shipment_id), '^[A-Z][A-Z][0-9]{9}([A-Z][A-Z])$')
    END AS posted_country,
    shipments.is_claimed AND shipments.is_available AS is_free,
    COALESCE(shipments.entry_route IN ('informal', 'formal'), FALSE) AS is_entered
  FROM shipments
  WHERE
    NOT shipments.origin_country IS NULL
), countries AS (
  SELECT DISTINCT
    origin_country AS country
  FROM layered
  UNION
  SELECT DISTINCT
    origin_country AS country
  FROM stretches
), apart AS (
  SELECT
    sent.*,
    countries.country AS other_country,
    COALESCE(sent.shipper_country = countries.country, FALSE) AS is_shipped_from,
    COALESCE(sent.export_country = countries.country, FALSE) AS is_exported_from,
    COALESCE(sent.posted_country = countries.country, FALSE) AS is_posted_from
  FROM sent
  INNER JOIN countries
    ON sent.shipper_country = countries.country
    OR sent.export_country = countries.country
    OR sent.posted_country = countries.country
  WHERE
    sent.origin_country <> countries.country
), free /* the exemption is what a claim gains by another origin */ AS (
  SELECT
    apart.*,
    CAST(NULL AS STRING) AS layer,
    CAST(NULL AS DECIMAL(18, 8)) AS rate,
    CAST(NULL AS DECIMAL(18, 8)) AS claimed_rate
  FROM apart
  INNER JOIN stretches
    ON apart.other_country = stretches.origin_country
    AND apart.arrival_date >= stretches.suspended_from
    AND apart.arrival_date < stretches.suspended_to
  WHERE
    apart.is_free
), rated AS (
  SELECT
    apart.shipment_uid,
    apart.other_country,
    of_other.layer,
    MAX(of_other.rate) AS rate,
    COALESCE(MAX(of_claimed.rate), 0) AS claimed_rate
  FROM apart
  INNER JOIN layered AS of_other
    ON apart.other_country = of_other.origin_country
    AND apart.arrival_date >= of_other.valid_from
    AND apart.arrival_date < of_other.valid_to
  LEFT JOIN goods
    ON apart.hts_code = goods.hts_code
    AND apart.arrival_date = goods.arrival_date
    AND of_other.scheme = goods.scheme
  LEFT JOIN layered AS of_claimed
    ON apart.origin_country = of_claimed.origin_country
    AND of_other.layer = of_claimed.layer
    AND of_other.goods_list = of_claimed.goods_list
    AND apart.arrival_date >= of_claimed.valid_from
    AND apart.arrival_date < of_claimed.valid_to
  WHERE
    apart.is_entered
    AND NOT apart.is_free
    AND (
      of_other.goods_list = '' OR of_other.goods_list = goods.goods_list
    )
  GROUP BY
    apart.shipment_uid,
    apart.other_country,
    of_other.layer
), dearest AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (
        PARTITION BY shipment_uid, other_country
        ORDER BY rate - claimed_rate DESC, layer ASC NULLS LAST
      ) AS _w
    FROM rated
    WHERE
      rate > claimed_rate
  ) AS _t
  WHERE
    _w = 1
), entered /* an added duty is what an entry gains by it */ AS (
  SELECT
    apart.*,
    dearest.layer,
    dearest.rate,
    dearest.claimed_rate
  FROM apart
  INNER JOIN dearest
    ON apart.shipment_uid = dearest.shipment_uid
    AND apart.other_country = dearest.other_country
), pointed_to AS (
  SELECT
    *
  FROM free
  UNION ALL
  SELECT
    *
  FROM entered
), pointed AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY other_country NULLS LAST) AS _w
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
    sender || ', week of ' || CAST(week_start AS STRING) || ', ' || other_country || ' as ' || pointed.origin_country || CASE WHEN pointed.is_free THEN '' ELSE ', entries' END AS subject
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
