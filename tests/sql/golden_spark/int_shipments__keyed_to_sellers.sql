/* One shipment of a known person from a known seller, with the order it belongs to: without a number, itself. */
/* grain: shipment_uid */
/* by: identity_id */
/* follows: int_shipments__keyed_to_orders by shipment_uid */
/* shown: few who read it need more than a column or two of few rows */
/* Not told in a pruned run: orders add up by person over weeks, and who is who is known for days alone. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
), placeholders AS (
  SELECT
    *
  FROM ref_order_placeholders
), keyed AS NOT MATERIALIZED (
  SELECT
    shipments.shipment_uid,
    shipments.shipment_id,
    shipments.identity_id,
    COALESCE(
      'id ' || UPPER(TRIM(shipments.seller_id)),
      'name ' || UPPER(TRIM(shipments.seller_name)),
      'shipper ' || UPPER(TRIM(shipments.shipper_name))
    ) AS seller_key,
    shipments.arrival_date,
    shipments.value_usd,
    CASE
      WHEN shipments.order_id IS NULL OR NOT placeholders.order_number IS NULL
      THEN NULL
      ELSE COALESCE(orders.order_key, shipments.shipment_uid)
    END AS order_key
  FROM shipments
  INNER JOIN chosen
    ON chosen.resolve = 'all'
  LEFT JOIN orders
    ON shipments.shipment_uid = orders.shipment_uid
  LEFT JOIN placeholders
    ON UPPER(TRIM(shipments.order_id)) = placeholders.order_number
  WHERE
    shipments.is_told AND NOT shipments.identity_id IS NULL
), numbered /* lots of one number are one order, named after the first of them; what has none is named after itself */ AS (
  SELECT
    identity_id,
    seller_key,
    order_key,
    MIN(shipment_uid) AS order_uid
  FROM keyed
  WHERE
    NOT order_key IS NULL AND NOT seller_key IS NULL
  GROUP BY
    identity_id,
    seller_key,
    order_key
), named AS (
  SELECT
    keyed.shipment_uid,
    keyed.shipment_id,
    keyed.identity_id,
    keyed.seller_key,
    COALESCE(numbered.order_uid, keyed.shipment_uid) AS order_uid,
    NOT keyed.order_key IS NULL AS has_order_number,
    keyed.arrival_date,
    keyed.value_usd
  FROM keyed
  LEFT JOIN numbered
    ON keyed.identity_id = numbered.identity_id
    AND keyed.seller_key = numbered.seller_key
    AND keyed.order_key = numbered.order_key
  WHERE
    NOT keyed.seller_key IS NULL
)
SELECT
  *
FROM named
