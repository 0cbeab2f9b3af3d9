/* One current shipment: its lines added up, the rest taken from its first line. */
/* grain: shipment_uid */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), values_of_lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
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
  FROM values_of_lines
  WHERE
    line_count > 1
  GROUP BY
    shipment_uid
), first_values AS (
  SELECT
    *
  FROM values_of_lines
  WHERE
    line_rank = 1
), rolled_up AS (
  SELECT
    first_values.shipment_uid,
    lines.shipment_id,
    CASE
      WHEN first_values.line_count > 1
      THEN totals.currency
      ELSE first_values.currency
    END AS currency,
    CASE
      WHEN first_values.line_count > 1
      THEN totals.declared_value
      ELSE first_values.declared_value
    END AS declared_value,
    CASE
      WHEN first_values.line_count > 1
      THEN totals.customs_value
      ELSE first_values.customs_value
    END AS customs_value,
    COALESCE(totals.value_usd, first_values.value_usd) AS value_usd,
    COALESCE(totals.customs_value_usd, first_values.customs_value_usd) AS customs_value_usd,
    COALESCE(totals.is_customs_value_proxy, first_values.customs_value IS NULL) AS is_customs_value_proxy,
    COALESCE(totals.quantity, first_values.quantity) AS quantity,
    COALESCE(totals.weight_kg, first_values.weight_kg) AS weight_kg,
    first_values.line_count,
    lines.arrival_date,
    lines.date_basis,
    lines.source_file,
    lines.source_line,
    lines.estimated_arrival_date,
    lines.order_date,
    lines.released_date,
    lines.declared_at,
    lines.released_at,
    lines.arrival_at,
    lines.sequence_no,
    lines.consignee_name,
    lines.consignee_address,
    lines.consignee_address2,
    lines.consignee_city,
    lines.consignee_state,
    lines.consignee_postal_code,
    lines.consignee_country,
    lines.consignee_phone,
    lines.consignee_email,
    lines.consignee_tax_id_hash,
    lines.consignee_tax_id_deletions,
    lines.consignee_tax_id_last2,
    lines.consignee_id,
    lines.consignee_id_issuer,
    lines.order_id,
    lines.order_issuer,
    lines.entry_type,
    lines.mode,
    lines.carrier_code,
    lines.filer_code,
    lines.port_of_entry,
    lines.house_bill,
    lines.master_bill,
    lines.entry_number,
    lines.conveyance_id,
    lines.seller_name,
    lines.seller_id,
    lines.marketplace,
    lines.shipper_name,
    lines.shipper_address,
    lines.shipper_country,
    lines.buyer_name,
    lines.importer_name,
    lines.importer_id_hash,
    lines.importer_id_last2,
    lines.origin_country,
    lines.export_country,
    lines.hts_code,
    lines.description,
    lines.product_id,
    lines.has_invoice,
    lines.has_transport_document,
    lines.has_proof_of_order,
    lines.is_gift,
    lines.exemption_claimed_declared,
    'a' || LEFT(
      MD5(
        COALESCE(lines.consignee_name, '') || :field_separator || COALESCE(lines.consignee_address, '') || :field_separator || COALESCE(lines.consignee_address2, '') || :field_separator || COALESCE(lines.consignee_city, '') || :field_separator || COALESCE(lines.consignee_state, '') || :field_separator || COALESCE(lines.consignee_postal_code, '') || :field_separator || COALESCE(lines.consignee_country, '') || :field_separator || COALESCE(lines.consignee_phone, '') || :field_separator || COALESCE(lines.consignee_email, '') || :field_separator || COALESCE(lines.consignee_tax_id_hash, '') || :field_separator || COALESCE(lines.consignee_tax_id_deletions, '') || :field_separator || COALESCE(lines.consignee_tax_id_last2, '') || :field_separator || COALESCE(lines.consignee_id, '') || :field_separator || COALESCE(lines.consignee_id_issuer, '')
      ),
      :id_digits
    ) AS alias_id
  FROM first_values
  INNER JOIN lines
    ON first_values.landed_id = lines.landed_id
  LEFT JOIN totals
    ON first_values.shipment_uid = totals.shipment_uid
)
SELECT
  *
FROM rolled_up
