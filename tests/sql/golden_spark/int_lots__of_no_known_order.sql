/* One shipment without an order number that came in under the exemption, beside others of its person and seller. */
/* grain: shipment_uid */
/* by: identity_id */
/* follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode */
WITH numberless AS NOT MATERIALIZED (
  SELECT
    *
  FROM int_shipments__keyed_to_sellers
  WHERE
    NOT has_order_number AND :missing_order_id = 'infer'
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), bars AS (
  SELECT
    *
  FROM conditions
  WHERE
    grouping_key = 'order' AND provision = 'separate_lots_bar'
), several /* one lot is no split, and nearly all have one */ AS (
  SELECT
    identity_id,
    seller_key
  FROM numberless
  GROUP BY
    identity_id,
    seller_key
  HAVING
    COUNT(*) >= :min_pieces
), free AS (
  SELECT
    shipment_uid,
    identity_id,
    seller_key,
    serial_stem,
    serial_no,
    arrival_date,
    pool,
    amount,
    value_usd,
    limit_amount,
    limit_currency,
    is_certain,
    rule_id,
    legal_basis
  FROM (
    SELECT
      numberless.shipment_uid,
      numberless.identity_id,
      numberless.seller_key,
      CASE
        WHEN REGEXP_EXTRACT(numberless.shipment_id, '([0-9]{1,15})$') <> ''
        THEN CAST(LENGTH(numberless.shipment_id) AS STRING) || ' ' || LEFT(
          numberless.shipment_id,
          LENGTH(numberless.shipment_id) - LENGTH(REGEXP_EXTRACT(numberless.shipment_id, '([0-9]{1,15})$'))
        )
      END AS serial_stem,
      CASE
        WHEN REGEXP_EXTRACT(numberless.shipment_id, '([0-9]{1,15})$') <> ''
        THEN CAST(REGEXP_EXTRACT(numberless.shipment_id, '([0-9]{1,15})$') AS BIGINT)
      END AS serial_no,
      shipments.arrival_date,
      shipments.pool,
      shipments.amount,
      shipments.value_usd,
      shipments.limit_amount,
      shipments.limit_currency,
      shipments.coverage = 'known' AS is_certain,
      bars.rule_id,
      bars.legal_basis,
      ROW_NUMBER() OVER (
        PARTITION BY shipments.shipment_uid
        ORDER BY shipments.limit_amount DESC, bars.rule_id ASC NULLS LAST
      ) AS _w
    FROM numberless
    INNER JOIN several
      ON numberless.identity_id = several.identity_id
      AND numberless.seller_key = several.seller_key
    INNER JOIN shipments
      ON numberless.shipment_uid = shipments.shipment_uid
    INNER JOIN bars
      ON shipments.arrival_date = bars.arrival_date
      AND shipments.pool = bars.pool
      AND shipments.origin_country IS NOT DISTINCT FROM bars.origin_country
      AND shipments.mode IS NOT DISTINCT FROM bars.mode
    WHERE
      shipments.exemption_claimed
      AND shipments.is_available
      AND NOT shipments.is_oversize
      AND shipments.arrival_date BETWEEN :from_date AND :to_date
  ) AS _t
  WHERE
    _w = 1
), groups AS (
  SELECT
    identity_id,
    seller_key,
    pool,
    limit_currency
  FROM free
  GROUP BY
    identity_id,
    seller_key,
    pool,
    limit_currency
  HAVING
    COUNT(*) >= :min_pieces AND SUM(amount) > MIN(limit_amount)
), lots AS (
  SELECT
    free.*
  FROM free
  INNER JOIN groups
    ON free.identity_id = groups.identity_id
    AND free.seller_key = groups.seller_key
    AND free.pool = groups.pool
    AND free.limit_currency = groups.limit_currency
)
SELECT
  *
FROM lots
