/* One shipment of a known person from a known seller, with the order it belongs to: without a number, itself. */
/* grain: shipment_uid */
/* by: identity_id */
/* follows: int_shipments__keyed_to_orders by shipment_uid */
/* Not told in a pruned run: orders add up by person over weeks, and who is who is known for days alone. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
), placeholders AS (
  SELECT
    *
  FROM ref_order_placeholders
), keyed AS (
  SELECT
    shipments.shipment_uid,
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
    END AS order_key,
    REGEXP_EXTRACT(shipments.shipment_id, '([0-9]{1,15})$') AS serial_digits,
    shipments.shipment_id
  FROM shipments
  INNER JOIN chosen
    ON chosen.resolve = 'all'
  LEFT JOIN orders
    ON shipments.shipment_uid = orders.shipment_uid
  LEFT JOIN placeholders
    ON UPPER(TRIM(shipments.order_id)) = placeholders.order_number
  WHERE
    NOT shipments.identity_id IS NULL
), numbered AS (
  SELECT
    shipment_uid,
    identity_id,
    seller_key,
    MIN(shipment_uid) OVER (
      PARTITION BY identity_id, seller_key, order_key, COALESCE(order_key, shipment_uid)
    ) AS order_uid,
    NOT order_key IS NULL AS has_order_number,
    arrival_date,
    value_usd,
    CASE
      WHEN serial_digits <> ''
      THEN CAST(LENGTH(shipment_id) AS STRING) || ' ' || LEFT(shipment_id, LENGTH(shipment_id) - LENGTH(serial_digits))
    END AS serial_stem,
    CASE WHEN serial_digits <> '' THEN CAST(serial_digits AS BIGINT) END AS serial_no
  FROM keyed
  WHERE
    NOT seller_key IS NULL
)
SELECT
  *
FROM numbered
