-- One current accepted shipment, with who it was for and the rule of its own day.
-- grain: shipment_uid

with
shipments as (select * from int_shipments__rolled_up_from_lines),

answers as (select * from int_shipments__matched_to_rules),

-- the sure answer, or of two the one that offers the exemption
unsure as (

    select * from answers
    where coverage like 'if %'
    qualify row_number() over (partition by shipment_uid order by is_available desc, coverage asc) = 1

),

rules as (

    select * from answers
    where coverage not like 'if %'
    union all
    select * from unsure

),

published as (

    select
        shipments.shipment_uid,
        shipments.shipment_id,
        shipments.arrival_date,
        shipments.date_basis,
        shipments.value_usd,
        shipments.customs_value_usd,
        shipments.is_customs_value_proxy,
        rules.exemption_claimed,
        rules.exemption_basis,
        rules.identity_id,
        shipments.alias_id,
        rules.party_class,
        shipments.line_count,
        shipments.source_file,
        shipments.source_line,
        shipments.estimated_arrival_date,
        shipments.order_date,
        shipments.released_date,
        shipments.declared_at,
        shipments.released_at,
        shipments.arrival_at,
        shipments.sequence_no,
        shipments.consignee_name,
        shipments.consignee_address,
        shipments.consignee_address2,
        shipments.consignee_city,
        shipments.consignee_state,
        shipments.consignee_postal_code,
        shipments.consignee_country,
        shipments.consignee_phone,
        shipments.consignee_email,
        shipments.consignee_tax_id_hash,
        shipments.consignee_tax_id_deletions,
        shipments.consignee_tax_id_last2,
        shipments.consignee_id,
        shipments.consignee_id_issuer,
        shipments.declared_value,
        shipments.currency,
        shipments.customs_value,
        shipments.order_id,
        shipments.order_issuer,
        shipments.entry_type,
        shipments.mode,
        shipments.carrier_code,
        shipments.filer_code,
        shipments.port_of_entry,
        shipments.house_bill,
        shipments.master_bill,
        shipments.entry_number,
        shipments.conveyance_id,
        shipments.seller_name,
        shipments.seller_id,
        shipments.marketplace,
        shipments.shipper_name,
        shipments.shipper_address,
        shipments.shipper_country,
        shipments.buyer_name,
        shipments.importer_name,
        shipments.importer_id_hash,
        shipments.importer_id_last2,
        shipments.origin_country,
        shipments.export_country,
        shipments.hts_code,
        shipments.description,
        shipments.product_id,
        shipments.quantity,
        shipments.weight_kg,
        shipments.has_invoice,
        shipments.has_transport_document,
        shipments.has_proof_of_order,
        shipments.is_gift,
        rules.own_pool as pool,
        shipments.person_role,
        shipments.is_near_midnight,
        rules.value_basis,
        rules.rule_id,
        rules.coverage
    from shipments
    inner join rules on shipments.shipment_uid = rules.shipment_uid

)

select * from published
