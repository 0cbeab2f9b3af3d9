/* One accepted line of a shipment, in every version that was handed in. */
/* grain: landed_id */
/* by: landed_id */
/* shown: names are changed, and nothing else */
WITH landed_lines AS (
  SELECT
    *
  FROM landed_lines
), named AS (
  SELECT
    landed_id,
    shipment_id,
    line_no,
    has_own_key,
    content_hash,
    record_action,
    input_no,
    source_file,
    source_line,
    arrival_date,
    date_basis,
    arrival_at,
    estimated_arrival_date,
    order_date,
    released_date,
    declared_at,
    released_at,
    sequence_no,
    consignee_name,
    consignee_address,
    consignee_address2,
    consignee_city,
    consignee_state,
    consignee_postal_code,
    consignee_country,
    consignee_phone,
    consignee_email,
    consignee_tax_id_hash,
    consignee_tax_id_deletions,
    consignee_tax_id_last2,
    consignee_id,
    consignee_id_issuer,
    declared_value,
    currency,
    customs_value,
    order_id,
    order_issuer,
    entry_type,
    exemption_claimed_declared,
    mode,
    carrier_code,
    filer_code,
    port_of_entry,
    house_bill,
    master_bill,
    entry_number,
    conveyance_id,
    seller_name,
    seller_id,
    marketplace,
    shipper_name,
    shipper_address,
    shipper_country,
    buyer_name,
    importer_name,
    importer_id_hash,
    importer_id_last2,
    importer_country,
    origin_country,
    export_country,
    hts_code,
    description,
    product_id,
    quantity,
    weight_kg,
    has_invoice,
    has_transport_document,
    has_proof_of_order,
    is_gift
  FROM landed_lines
)
SELECT
  *
FROM named
