/* One current shipment of the period under one answer of the law, with what a typology looks at. */
/* grain: shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM mart_shipments
), answers AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), described AS (
  SELECT
    shipments.shipment_uid,
    shipments.shipment_id,
    shipments.alias_id,
    shipments.identity_id,
    shipments.arrival_date,
    CAST(DATE_TRUNC('WEEK', shipments.arrival_date) AS DATE) AS week_start,
    shipments.date_basis,
    shipments.arrival_at,
    shipments.declared_at,
    answers.mode,
    answers.pool,
    COALESCE(answers.exemption_claimed, FALSE) AS is_claimed,
    shipments.exemption_basis,
    answers.is_available,
    shipments.coverage = 'known' AS is_certain,
    answers.limit_amount,
    answers.limit_currency,
    answers.is_oversize,
    answers.amount,
    shipments.value_usd,
    shipments.line_count,
    LOWER(shipments.entry_type) AS entry_type,
    answers.is_informal,
    shipments.carrier_code,
    shipments.filer_code,
    shipments.house_bill,
    shipments.entry_number,
    UPPER(TRIM(COALESCE(shipments.seller_id, shipments.seller_name))) AS seller,
    UPPER(
      TRIM(COALESCE(shipments.seller_id, shipments.seller_name, shipments.shipper_name))
    ) AS sender,
    shipments.marketplace,
    shipments.shipper_country,
    shipments.export_country,
    shipments.origin_country,
    NOT shipments.buyer_name IS NULL AS has_buyer,
    NOT shipments.order_id IS NULL AS has_order,
    shipments.hts_code,
    COALESCE(SUBSTRING(shipments.hts_code, 1, 2), '-') AS hts_chapter,
    shipments.description,
    shipments.product_id,
    shipments.quantity,
    shipments.weight_kg,
    shipments.has_invoice,
    shipments.has_transport_document,
    shipments.has_proof_of_order
  FROM shipments
  INNER JOIN answers
    ON shipments.shipment_uid = answers.shipment_uid
    AND shipments.coverage = answers.coverage
  WHERE
    shipments.arrival_date BETWEEN :from_date AND :to_date
)
SELECT
  *
FROM described
