/* One shipment that claims no exemption beside the limit of informal entry, by what that limit adds up. */
/* grain: shipment_uid, grouping_key */
/* by: shipment_uid */
/* follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode */
/* The value is that of the rule: the appraised value of 19 USC 1401a, for which the customs value stands. */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), exempted AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
), placeholders AS (
  SELECT
    *
  FROM ref_order_placeholders
), centers AS (
  SELECT
    *
  FROM ref_centers
), limits AS (
  SELECT
    *
  FROM conditions
  WHERE
    kind = 'entry_limit'
), claimed AS (
  SELECT DISTINCT
    shipment_uid
  FROM exempted
  WHERE
    exemption_claimed
), matched AS (
  SELECT
    shipment_uid,
    alias_id,
    identity_id,
    conveyance_id,
    arrival_date,
    is_informal,
    entry_type,
    pool,
    seller,
    filer,
    carrier,
    route,
    mode,
    is_customs_value_proxy,
    house_bill,
    entry_number,
    goods,
    sender,
    order_key,
    has_issuer,
    has_order_number,
    center,
    value_usd,
    grouping_key,
    entry_value,
    entry_usd,
    currency,
    limit_usd_per_unit,
    limit_amount,
    limit_currency,
    rule_id,
    legal_basis,
    is_certain
  FROM (
    SELECT
      shipments.shipment_uid,
      shipments.alias_id,
      shipments.identity_id,
      shipments.conveyance_id,
      shipments.arrival_date,
      shipments.is_informal,
      shipments.entry_type,
      shipments.own_pool AS pool,
      UPPER(
        TRIM(COALESCE(shipments.seller_id, shipments.seller_name, shipments.shipper_name))
      ) AS seller,
      UPPER(TRIM(shipments.filer_code)) AS filer,
      UPPER(TRIM(shipments.carrier_code)) AS carrier,
      CASE
        WHEN NOT shipments.written_origin_country IS NULL
        AND NOT shipments.port_of_entry IS NULL
        THEN UPPER(TRIM(shipments.written_origin_country)) || ' to ' || UPPER(TRIM(shipments.port_of_entry))
      END AS route,
      shipments.mode,
      shipments.is_customs_value_proxy,
      UPPER(TRIM(shipments.house_bill)) AS house_bill,
      UPPER(TRIM(shipments.entry_number)) AS entry_number,
      UPPER(TRIM(COALESCE(shipments.product_id, shipments.hts_code, shipments.description))) AS goods,
      UPPER(
        TRIM(COALESCE(shipments.shipper_name, shipments.seller_id, shipments.seller_name))
      ) AS sender,
      orders.order_key,
      orders.has_issuer,
      NOT shipments.order_id IS NULL AND placeholders.order_number IS NULL AS has_order_number,
      centers.center,
      shipments.value_usd,
      limits.grouping_key,
      CASE
        WHEN limits.value_basis = 'transaction'
        THEN shipments.customs_value
        ELSE shipments.tested_value
      END AS entry_value,
      CASE
        WHEN limits.value_basis = 'transaction'
        THEN shipments.customs_value_usd
        ELSE shipments.tested_usd
      END AS entry_usd,
      shipments.currency,
      limits.limit_usd_per_unit,
      limits.limit_amount,
      limits.limit_currency,
      limits.rule_id,
      limits.legal_basis,
      limits.coverage = 'known' AS is_certain,
      ROW_NUMBER() OVER (
        PARTITION BY shipments.shipment_uid, limits.grouping_key
        ORDER BY limits.limit_amount DESC, limits.rule_id ASC NULLS LAST
      ) AS _w
    FROM shipments
    INNER JOIN limits
      ON shipments.arrival_date = limits.arrival_date
      AND shipments.own_pool = limits.pool
      AND shipments.origin_country IS NOT DISTINCT FROM limits.origin_country
      AND shipments.mode IS NOT DISTINCT FROM limits.mode
    LEFT JOIN claimed
      ON shipments.shipment_uid = claimed.shipment_uid
    LEFT JOIN orders
      ON shipments.shipment_uid = orders.shipment_uid
    LEFT JOIN placeholders
      ON UPPER(TRIM(shipments.order_id)) = placeholders.order_number
    LEFT JOIN centers
      ON centers.regime = :regime
      AND SUBSTRING(shipments.hts_code, 1, 2) BETWEEN centers.chapter_from AND centers.chapter_to
      AND shipments.arrival_date >= centers.valid_from
      AND shipments.arrival_date < COALESCE(centers.valid_to, CAST('9999-12-31' AS DATE))
    WHERE
      claimed.shipment_uid IS NULL
      AND shipments.is_import
      AND limits.grouping_key IN ('order', 'conveyance_consignee', 'mailing')
      AND shipments.arrival_date BETWEEN :from_date AND :to_date
  ) AS _t
  WHERE
    _w = 1
), measured /* of the limits beside which a shipment stands, one is told of it where any will do */ AS (
  SELECT
    *
    EXCEPT (entry_value, entry_usd, currency, limit_usd_per_unit),
    CASE
      WHEN limit_usd_per_unit = 1
      THEN entry_usd
      WHEN limit_currency = currency
      THEN entry_value
      ELSE CAST(CAST(entry_usd AS DOUBLE) / CAST(limit_usd_per_unit AS DOUBLE) AS DECIMAL(18, 2))
    END AS amount,
    ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY grouping_key NULLS LAST) = 1 AS is_first_limit
  FROM matched
)
SELECT
  *
FROM measured
