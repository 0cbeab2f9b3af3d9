/* One set of columns that some shipments of the period carry, and of those unread there, as |order_id|seller_id|. */
/* Beside columns it names circumstances without which a typology has nothing to judge: a claim, an informal entry. */
/* grain: carried, unread */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), deadlines AS (
  SELECT
    *
  FROM ref_deadlines
  WHERE
    regime = :regime
    AND counted_from IN ('arrival', 'arrival_month')
    AND NOT within_days IS NULL
), unread AS (
  SELECT
    *
  FROM int_shipments__with_unread_cells
), seen AS (
  SELECT
    COALESCE(unread.unread, '') AS unread,
    NOT shipments.carrier_code IS NULL AS carrier_code,
    NOT shipments.identity_id IS NULL AS consignee,
    NOT shipments.consignee_address IS NULL AS consignee_address,
    NOT shipments.consignee_name IS NULL AS consignee_name,
    NOT shipments.conveyance_id IS NULL AS conveyance_id,
    NOT shipments.declared_at IS NULL AS declared_at,
    NOT shipments.description IS NULL AS description,
    NOT shipments.entry_number IS NULL AS entry_number,
    NOT shipments.entry_type IS NULL AS entry_type,
    NOT shipments.exemption_claimed_declared IS NULL AS exemption_claimed,
    NOT shipments.export_country IS NULL AS export_country,
    NOT shipments.filer_code IS NULL AS filer_code,
    COALESCE(shipments.exemption_claimed, FALSE) AS claim,
    COALESCE(shipments.exemption_claimed AND shipments.is_available, FALSE) AS exempt_claim,
    COALESCE(NOT shipments.entry_type IS NULL AND NOT shipments.exemption_claimed, FALSE) AS entry,
    NOT COALESCE(shipments.exemption_claimed, FALSE)
    AND COALESCE(shipments.is_informal, TRUE) AS informal_entry,
    NOT COALESCE(shipments.exemption_claimed, FALSE)
    AND COALESCE(shipments.is_informal AND shipments.mode = 'mail', FALSE)
    AND NOT COALESCE(shipments.shipper_name, shipments.seller_id, shipments.seller_name) IS NULL AS mail_sender,
    NOT deadlines.deadline IS NULL AS deadline,
    NOT shipments.has_invoice IS NULL AS has_invoice,
    NOT shipments.has_proof_of_order IS NULL AS has_proof_of_order,
    NOT shipments.has_transport_document IS NULL AS has_transport_document,
    NOT shipments.house_bill IS NULL AS house_bill,
    NOT shipments.hts_code IS NULL AS hts_code,
    NOT shipments.importer_country IS NULL AS importer_country,
    NOT shipments.importer_id_hash IS NULL AS importer_id_hash,
    NOT shipments.importer_name IS NULL AS importer_name,
    NOT shipments.is_gift IS NULL AS is_gift,
    NOT shipments.order_id IS NULL AS order_id,
    NOT shipments.written_origin_country IS NULL AS origin_country,
    NOT shipments.product_id IS NULL AS product_id,
    NOT shipments.quantity IS NULL AS quantity,
    NOT shipments.seller_id IS NULL AS seller_id,
    NOT shipments.seller_name IS NULL AS seller_name,
    NOT shipments.shipper_country IS NULL AS shipper_country,
    NOT shipments.shipper_name IS NULL AS shipper_name,
    NOT shipments.weight_kg IS NULL AS weight_kg
  FROM shipments
  LEFT JOIN unread
    ON shipments.shipment_uid = unread.shipment_uid
  LEFT JOIN deadlines
    ON shipments.deadline = deadlines.deadline
    AND shipments.arrival_date >= deadlines.valid_from
    AND shipments.arrival_date < COALESCE(deadlines.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.arrival_date BETWEEN :from_date AND :to_date
), patterns AS (
  SELECT
    seen.*,
    COUNT(*) AS shipments
  FROM seen
  GROUP BY ALL
), filled AS (
  SELECT
    CONCAT_WS(
      '|',
      '',
      CASE WHEN carrier_code THEN 'carrier_code' END,
      CASE WHEN claim THEN 'claim' END,
      CASE WHEN consignee THEN 'consignee' END,
      CASE WHEN consignee_address THEN 'consignee_address' END,
      CASE WHEN consignee_name THEN 'consignee_name' END,
      CASE WHEN conveyance_id THEN 'conveyance_id' END,
      CASE WHEN deadline THEN 'deadline' END,
      CASE WHEN declared_at THEN 'declared_at' END,
      CASE WHEN description THEN 'description' END,
      CASE WHEN entry THEN 'entry' END,
      CASE WHEN entry_number THEN 'entry_number' END,
      CASE WHEN entry_type THEN 'entry_type' END,
      CASE WHEN exempt_claim THEN 'exempt_claim' END,
      CASE WHEN exemption_claimed THEN 'exemption_claimed' END,
      CASE WHEN export_country THEN 'export_country' END,
      CASE WHEN filer_code THEN 'filer_code' END,
      CASE WHEN has_invoice THEN 'has_invoice' END,
      CASE WHEN has_proof_of_order THEN 'has_proof_of_order' END,
      CASE WHEN has_transport_document THEN 'has_transport_document' END,
      CASE WHEN house_bill THEN 'house_bill' END,
      CASE WHEN hts_code THEN 'hts_code' END,
      CASE WHEN importer_country THEN 'importer_country' END,
      CASE WHEN importer_id_hash THEN 'importer_id_hash' END,
      CASE WHEN importer_name THEN 'importer_name' END,
      CASE WHEN informal_entry THEN 'informal_entry' END,
      CASE WHEN is_gift THEN 'is_gift' END,
      CASE WHEN mail_sender THEN 'mail_sender' END,
      CASE WHEN order_id THEN 'order_id' END,
      CASE WHEN origin_country THEN 'origin_country' END,
      CASE WHEN product_id THEN 'product_id' END,
      CASE WHEN quantity THEN 'quantity' END,
      CASE WHEN seller_id THEN 'seller_id' END,
      CASE WHEN seller_name THEN 'seller_name' END,
      CASE WHEN shipper_country THEN 'shipper_country' END,
      CASE WHEN shipper_name THEN 'shipper_name' END,
      CASE WHEN weight_kg THEN 'weight_kg' END,
      ''
    ) AS carried,
    unread,
    shipments
  FROM patterns
)
SELECT
  *
FROM filled
