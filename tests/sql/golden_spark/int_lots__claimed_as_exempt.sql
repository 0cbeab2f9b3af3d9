/* One lot of an order that was brought in under the exemption, each within its limit alone. */
/* grain: shipment_uid */
WITH orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
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
    grouping_key = 'order' AND kind = 'lots_bar'
), lots AS (
  SELECT
    order_key,
    has_issuer,
    is_persons_own,
    written_number,
    shipment_uid,
    identity_id,
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
      orders.order_key,
      orders.has_issuer,
      orders.is_persons_own,
      orders.written_number,
      shipments.shipment_uid,
      shipments.identity_id,
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
    FROM orders
    INNER JOIN shipments
      ON orders.shipment_uid = shipments.shipment_uid
    INNER JOIN bars
      ON shipments.arrival_date = bars.arrival_date
      AND shipments.pool = bars.pool
      AND shipments.origin_country IS NOT DISTINCT FROM bars.origin_country
      AND shipments.mode IS NOT DISTINCT FROM bars.mode
    WHERE
      shipments.exemption_claimed
      AND shipments.is_available
      AND NOT shipments.is_oversize
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM lots
