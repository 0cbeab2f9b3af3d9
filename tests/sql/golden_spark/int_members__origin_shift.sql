/* One shipment of goods that came from one origin until it lost its exemption or got dearer, and now from another. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), suspended AS (
  SELECT
    *
  FROM int_origins__suspended
), made_dearer AS (
  SELECT
    *
  FROM int_origins__made_dearer
), stretches AS (
  SELECT
    'exemption' AS gain,
    origin_country,
    suspended_from AS changed_from,
    suspended_to AS changed_to,
    CAST(1 AS DECIMAL(18, 8)) AS rise
  FROM suspended
  UNION ALL
  SELECT
    'duty' AS gain,
    origin_country,
    dearer_from AS changed_from,
    dearer_to AS changed_to,
    rise
  FROM made_dearer
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'origin_shift'
), days AS (
  SELECT
    gain,
    changed_from,
    MIN(changed_to) AS changed_to
  FROM stretches
  GROUP BY
    gain,
    changed_from
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
    COALESCE(shipments.export_country, shipments.shipper_country) AS sent_from,
    CASE
      WHEN days.gain = 'exemption'
      THEN shipments.is_claimed AND shipments.is_available
      ELSE COALESCE(shipments.entry_route IN ('informal', 'formal'), FALSE)
    END AS is_free,
    days.gain,
    days.changed_from,
    shipments.arrival_date >= days.changed_from AS is_after,
    COALESCE(of_origin.rise, 0) AS rise
  FROM shipments
  INNER JOIN days
    ON shipments.arrival_date >= days.changed_from - :history_days
    AND shipments.arrival_date < days.changed_from + :history_days
    AND shipments.arrival_date < days.changed_to
  LEFT JOIN stretches AS of_origin
    ON days.gain = of_origin.gain
    AND days.changed_from = of_origin.changed_from
    AND shipments.origin_country = of_origin.origin_country
  WHERE
    NOT shipments.sender IS NULL AND NOT shipments.origin_country IS NULL
), held /* where all origins get dearer on one day, the gain is in one that gets less so */ AS (
  SELECT
    sent.*,
    MIN(CASE WHEN NOT is_after AND rise > 0 THEN rise END) OVER (PARTITION BY sender, goods, gain, changed_from) AS old_rise
  FROM sent
), told AS (
  SELECT
    held.*,
    COALESCE(rise >= old_rise, FALSE) AS is_of_suspended
  FROM held
), histories AS (
  SELECT
    sender,
    goods,
    gain,
    changed_from,
    COUNT(*) FILTER(WHERE
      NOT is_after) AS before_count,
    COUNT(*) FILTER(WHERE
      NOT is_after AND is_of_suspended) AS before_suspended,
    COUNT(*) FILTER(WHERE
      is_after AND is_free AND NOT is_of_suspended) AS after_others,
    COUNT(*) FILTER(WHERE
      is_after AND is_of_suspended) AS after_suspended,
    CASE
      WHEN COUNT(*) FILTER(WHERE
        NOT is_after) = COUNT(sent_from) FILTER(WHERE
        NOT is_after)
      AND MIN(CASE WHEN NOT is_after THEN sent_from END) = MAX(CASE WHEN NOT is_after THEN sent_from END)
      THEN MIN(CASE WHEN NOT is_after THEN sent_from END)
    END AS usual_place
  FROM told
  WHERE
    NOT goods IS NULL
  GROUP BY
    sender,
    goods,
    gain,
    changed_from
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
    told.*,
    shifted.usual_place,
    shifted.before_count,
    shifted.before_suspended,
    shifted.after_suspended,
    typologies.rule_id,
    typologies.source AS legal_basis,
    'seller ' || told.sender || ', ' || told.goods || ', from ' || CAST(told.changed_from AS STRING) || CASE WHEN told.gain = 'duty' THEN ', entries' ELSE '' END AS subject
  FROM told
  INNER JOIN shifted
    ON told.sender = shifted.sender
    AND told.goods = shifted.goods
    AND told.gain = shifted.gain
    AND told.changed_from = shifted.changed_from
  INNER JOIN typologies
    ON told.arrival_date >= typologies.valid_from
    AND told.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    told.is_after AND told.is_free AND NOT told.is_of_suspended
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'origin_shift', subject, rule_id)), :id_digits) AS flag_id,
    moved.*
  FROM moved
)
SELECT
  *
FROM members
