/* One current accepted shipment, with who it was for and the rule of its own day. */
/* grain: shipment_uid */
/* shown: a choice among rows and columns that are kept already */
WITH answers AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), unsure /* the sure answer, or of two the one that offers the exemption */ AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY is_available DESC, coverage ASC NULLS LAST) AS _w
    FROM answers
    WHERE
      coverage LIKE 'if %'
  ) AS _t
  WHERE
    _w = 1
), rules AS (
  SELECT
    *
  FROM answers
  WHERE
    coverage NOT LIKE 'if %'
  UNION ALL
  SELECT
    *
  FROM unsure
), published AS (
  SELECT
    rules.shipment_uid,
    rules.shipment_id,
    rules.arrival_date,
    rules.date_basis,
    rules.value_usd,
    rules.customs_value_usd,
    rules.is_customs_value_proxy,
    rules.exemption_claimed,
    rules.exemption_basis,
    rules.identity_id,
    rules.alias_id,
    rules.party_class,
    rules.line_count,
    rules.source_file,
    rules.source_line,
    rules.estimated_arrival_date,
    rules.order_date,
    rules.released_date,
    rules.declared_at,
    rules.released_at,
    rules.arrival_at,
    rules.sequence_no,
    rules.consignee_name,
    rules.consignee_address,
    rules.consignee_address2,
    rules.consignee_city,
    rules.consignee_state,
    rules.consignee_postal_code,
    rules.consignee_country,
    rules.consignee_phone,
    rules.consignee_email,
    rules.consignee_tax_id_hash,
    rules.consignee_tax_id_deletions,
    rules.consignee_tax_id_last2,
    rules.consignee_id,
    rules.consignee_id_issuer,
    rules.declared_value,
    rules.currency,
    rules.customs_value,
    rules.order_id,
    rules.order_issuer,
    rules.entry_type,
    rules.written_mode AS mode,
    rules.carrier_code,
    rules.filer_code,
    rules.port_of_entry,
    rules.house_bill,
    rules.master_bill,
    rules.entry_number,
    rules.conveyance_id,
    rules.seller_name,
    rules.seller_id,
    rules.marketplace,
    rules.shipper_name,
    rules.shipper_address,
    rules.shipper_country,
    rules.buyer_name,
    rules.importer_name,
    rules.importer_id_hash,
    rules.importer_id_last2,
    rules.written_origin_country AS origin_country,
    rules.export_country,
    rules.hts_code,
    rules.description,
    rules.product_id,
    rules.quantity,
    rules.weight_kg,
    rules.has_invoice,
    rules.has_transport_document,
    rules.has_proof_of_order,
    rules.is_gift,
    rules.own_pool AS pool,
    rules.person_role,
    rules.is_near_midnight,
    rules.value_basis,
    rules.rule_id,
    rules.coverage
  FROM rules
)
SELECT
  *
FROM published
