/* One shipment on an informal entry, or on none that is known, in one group whose value the informal limit is about. */
/* grain: shipment_uid, way */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__sorted_into_pools
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
), grouped AS (
  SELECT
    shipment_uid,
    way,
    group_key,
    has_issuer,
    alias_id,
    identity_id,
    conveyance_id,
    arrival_date,
    is_informal,
    value_usd,
    amount,
    limit_amount,
    limit_currency,
    rule_id,
    legal_basis,
    is_certain
  FROM (
    SELECT
      shipments.shipment_uid,
      limits.grouping_key AS way,
      CASE
        WHEN limits.grouping_key = 'order'
        THEN orders.order_key
        ELSE 'conveyance ' || shipments.conveyance_id || ', ' || CAST(shipments.arrival_date AS STRING) || ', identity ' || shipments.identity_id
      END AS group_key,
      limits.grouping_key <> 'order' OR orders.has_issuer AS has_issuer,
      shipments.alias_id,
      shipments.identity_id,
      shipments.conveyance_id,
      shipments.arrival_date,
      shipments.is_informal,
      shipments.value_usd,
      CASE
        WHEN limits.limit_usd_per_unit = 1
        THEN shipments.tested_usd
        WHEN limits.limit_currency = shipments.currency
        THEN shipments.tested_value
        ELSE CAST(CAST(shipments.tested_usd AS DOUBLE) / CAST(limits.limit_usd_per_unit AS DOUBLE) AS DECIMAL(18, 2))
      END AS amount,
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
      AND shipments.pool = limits.pool
      AND shipments.origin_country IS NOT DISTINCT FROM limits.origin_country
      AND shipments.mode IS NOT DISTINCT FROM limits.mode
    LEFT JOIN claimed
      ON shipments.shipment_uid = claimed.shipment_uid
    LEFT JOIN orders
      ON shipments.shipment_uid = orders.shipment_uid
    WHERE
      claimed.shipment_uid IS NULL
      AND shipments.is_import
      AND COALESCE(shipments.is_informal, TRUE)
      AND limits.grouping_key IN ('order', 'conveyance_consignee')
      AND shipments.arrival_date BETWEEN :from_date AND :to_date
  ) AS _t
  WHERE
    _w = 1
), pieces AS (
  SELECT
    *
  FROM grouped
  WHERE
    NOT group_key IS NULL
    AND CASE
      WHEN :boundary = 'at'
      THEN amount < limit_amount
      ELSE amount <= limit_amount
    END
)
SELECT
  *
FROM pieces
