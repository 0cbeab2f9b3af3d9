/* One shipment of goods that came from one origin until its exemption was suspended, and now from another. */
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
    regime = :regime AND typology = 'origin_shift'
), days AS (
  SELECT
    suspended_from,
    MIN(suspended_to) AS suspended_to
  FROM stretches
  GROUP BY
    suspended_from
), sent AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.sender,
    COALESCE(
      'product ' || UPPER(TRIM(shipments.product_id)),
      'tariff number ' || shipments.hts_code
    ) AS goods,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.origin_country,
    shipments.is_claimed AND shipments.is_available AS is_free,
    days.suspended_from,
    shipments.arrival_date >= days.suspended_from AS is_after,
    NOT of_origin.origin_country IS NULL AS is_of_suspended
  FROM shipments
  INNER JOIN days
    ON shipments.arrival_date >= days.suspended_from - :history_days
    AND shipments.arrival_date < days.suspended_from + :history_days
    AND shipments.arrival_date < days.suspended_to
  LEFT JOIN stretches AS of_origin
    ON days.suspended_from = of_origin.suspended_from
    AND shipments.origin_country = of_origin.origin_country
  WHERE
    NOT shipments.sender IS NULL AND NOT shipments.origin_country IS NULL
), histories AS (
  SELECT
    sender,
    goods,
    suspended_from,
    COUNT(*) FILTER(WHERE
      NOT is_after) AS before_count,
    COUNT(*) FILTER(WHERE
      NOT is_after AND is_of_suspended) AS before_suspended,
    COUNT(*) FILTER(WHERE
      is_after AND is_free AND NOT is_of_suspended) AS after_others,
    COUNT(*) FILTER(WHERE
      is_after AND is_of_suspended) AS after_suspended
  FROM sent
  WHERE
    NOT goods IS NULL
  GROUP BY
    sender,
    goods,
    suspended_from
), shifted AS (
  SELECT
    *
  FROM histories
  WHERE
    before_count >= :min_history
    AND before_suspended >= CAST(:most_share AS DOUBLE) * before_count
    AND after_others >= :min_pattern_shipments
), moved AS (
  SELECT
    sent.*,
    shifted.before_count,
    shifted.before_suspended,
    shifted.after_suspended,
    typologies.rule_id,
    typologies.source AS legal_basis,
    'seller ' || sent.sender || ', ' || sent.goods || ', from ' || CAST(sent.suspended_from AS STRING) AS subject
  FROM sent
  INNER JOIN shifted
    ON sent.sender = shifted.sender
    AND sent.goods = shifted.goods
    AND sent.suspended_from = shifted.suspended_from
  INNER JOIN typologies
    ON sent.arrival_date >= typologies.valid_from
    AND sent.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    sent.is_after AND sent.is_free AND NOT sent.is_of_suspended
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'origin_shift', subject, rule_id)), :id_digits) AS flag_id,
    moved.*
  FROM moved
)
SELECT
  *
FROM members
