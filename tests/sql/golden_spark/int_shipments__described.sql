/* One current shipment of the period under one answer of the law, with what a typology looks at. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* shown: each reader takes a few of its columns, and most read it only where those are filled */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
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
    shipments.mode,
    shipments.pool,
    COALESCE(shipments.exemption_claimed, FALSE) AS is_claimed,
    shipments.exemption_basis,
    shipments.is_available,
    shipments.coverage = 'known' AS is_certain,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.is_oversize,
    shipments.amount,
    shipments.value_usd,
    shipments.line_count,
    LOWER(shipments.entry_type) AS entry_type,
    shipments.is_informal,
    shipments.deadline,
    CASE
      WHEN shipments.exemption_claimed
      THEN 'exemption'
      WHEN shipments.is_informal
      THEN 'informal'
      WHEN NOT shipments.entry_type IS NULL
      THEN 'formal'
    END AS entry_route,
    NOT shipments.importer_id_hash IS NULL AS has_importer_id,
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
    shipments.written_origin_country AS origin_country,
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
  WHERE
    shipments.arrival_date BETWEEN :from_date AND :to_date
)
SELECT
  *
FROM described
