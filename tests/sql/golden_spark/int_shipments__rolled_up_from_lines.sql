/* One current shipment: its lines added up, the rest taken from its first line. */
/* grain: shipment_uid */
WITH lines AS (
  SELECT
    *
  FROM int_lines__kept_as_current
), totals AS (
  SELECT
    shipment_uid,
    CASE WHEN COUNT(DISTINCT currency) = 1 THEN MIN(currency) END AS currency,
    CASE
      WHEN COUNT(DISTINCT currency) = 1
      THEN CAST(SUM(declared_value) AS DECIMAL(18, 2))
    END AS declared_value,
    CASE
      WHEN COUNT(DISTINCT currency) = 1 AND COUNT(customs_value) = COUNT(*)
      THEN CAST(SUM(customs_value) AS DECIMAL(18, 2))
    END AS customs_value,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS value_usd,
    CAST(SUM(customs_value_usd) AS DECIMAL(18, 2)) AS customs_value_usd,
    COUNT(customs_value) < COUNT(*) AS is_customs_value_proxy,
    CAST(SUM(quantity) AS DECIMAL(18, 4)) AS quantity,
    CAST(SUM(weight_kg) AS DECIMAL(18, 3)) AS weight_kg
  FROM lines
  WHERE
    line_count > 1
  GROUP BY
    shipment_uid
), first_lines AS (
  SELECT
    *
  FROM lines
  WHERE
    line_rank = 1
), rolled_up AS (
  SELECT
    first_lines.shipment_uid,
    first_lines.shipment_id,
    CASE
      WHEN first_lines.line_count > 1
      THEN totals.currency
      ELSE first_lines.currency
    END AS currency,
    CASE
      WHEN first_lines.line_count > 1
      THEN totals.declared_value
      ELSE first_lines.declared_value
    END AS declared_value,
    CASE
      WHEN first_lines.line_count > 1
      THEN totals.customs_value
      ELSE first_lines.customs_value
    END AS customs_value,
    COALESCE(totals.value_usd, first_lines.value_usd) AS value_usd,
    COALESCE(totals.customs_value_usd, first_lines.customs_value_usd) AS customs_value_usd,
    COALESCE(totals.is_customs_value_proxy, first_lines.customs_value IS NULL) AS is_customs_value_proxy,
    COALESCE(totals.quantity, first_lines.quantity) AS quantity,
    COALESCE(totals.weight_kg, first_lines.weight_kg) AS weight_kg,
    first_lines.line_count,
    first_lines.arrival_date,
    first_lines.date_basis,
    first_lines.source_file,
    first_lines.source_line,
    first_lines.estimated_arrival_date,
    first_lines.order_date,
    first_lines.released_date,
    first_lines.declared_at,
    first_lines.released_at,
    first_lines.arrival_at,
    first_lines.sequence_no,
    first_lines.consignee_name,
    first_lines.consignee_address,
    first_lines.consignee_address2,
    first_lines.consignee_city,
    first_lines.consignee_state,
    first_lines.consignee_postal_code,
    first_lines.consignee_country,
    first_lines.consignee_phone,
    first_lines.consignee_email,
    first_lines.consignee_tax_id_hash,
    first_lines.consignee_tax_id_deletions,
    first_lines.consignee_tax_id_last2,
    first_lines.consignee_id,
    first_lines.consignee_id_issuer,
    first_lines.order_id,
    first_lines.order_issuer,
    first_lines.entry_type,
    first_lines.mode,
    first_lines.carrier_code,
    first_lines.filer_code,
    first_lines.port_of_entry,
    first_lines.house_bill,
    first_lines.master_bill,
    first_lines.entry_number,
    first_lines.conveyance_id,
    first_lines.seller_name,
    first_lines.seller_id,
    first_lines.marketplace,
    first_lines.shipper_name,
    first_lines.shipper_address,
    first_lines.shipper_country,
    first_lines.buyer_name,
    first_lines.importer_name,
    first_lines.importer_id_hash,
    first_lines.importer_id_last2,
    first_lines.origin_country,
    first_lines.export_country,
    first_lines.hts_code,
    first_lines.description,
    first_lines.product_id,
    first_lines.has_invoice,
    first_lines.has_transport_document,
    first_lines.has_proof_of_order,
    first_lines.is_gift,
    first_lines.exemption_claimed_declared,
    'a' || LEFT(
      MD5(
        COALESCE(first_lines.consignee_name, '') || :field_separator || COALESCE(first_lines.consignee_address, '') || :field_separator || COALESCE(first_lines.consignee_address2, '') || :field_separator || COALESCE(first_lines.consignee_city, '') || :field_separator || COALESCE(first_lines.consignee_state, '') || :field_separator || COALESCE(first_lines.consignee_postal_code, '') || :field_separator || COALESCE(first_lines.consignee_country, '') || :field_separator || COALESCE(first_lines.consignee_phone, '') || :field_separator || COALESCE(first_lines.consignee_email, '') || :field_separator || COALESCE(first_lines.consignee_tax_id_hash, '') || :field_separator || COALESCE(first_lines.consignee_tax_id_deletions, '') || :field_separator || COALESCE(first_lines.consignee_tax_id_last2, '') || :field_separator || COALESCE(first_lines.consignee_id, '') || :field_separator || COALESCE(first_lines.consignee_id_issuer, '')
      ),
      :id_digits
    ) AS alias_id
  FROM first_lines
  LEFT JOIN totals
    ON first_lines.shipment_uid = totals.shipment_uid
)
SELECT
  *
FROM rolled_up
