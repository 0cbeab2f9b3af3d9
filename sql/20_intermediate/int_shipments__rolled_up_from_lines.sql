-- One current shipment: its lines added up, the rest taken from its first line.
-- grain: shipment_uid

with
lines as (select * from int_lines__kept_as_current),

totals as (

    select
        shipment_uid,
        case when count(distinct currency) = 1 then min(currency) end as currency,
        case when count(distinct currency) = 1 then cast(sum(declared_value) as decimal(18, 2)) end as declared_value,
        case
            when count(distinct currency) = 1 and count(customs_value) = count(*)
                then cast(sum(customs_value) as decimal(18, 2))
        end as customs_value,
        cast(sum(value_usd) as decimal(18, 2)) as value_usd,
        cast(sum(customs_value_usd) as decimal(18, 2)) as customs_value_usd,
        count(customs_value) < count(*) as is_customs_value_proxy,
        cast(sum(quantity) as decimal(18, 4)) as quantity,
        cast(sum(weight_kg) as decimal(18, 3)) as weight_kg
    from lines
    where line_count > 1
    group by shipment_uid

),

first_lines as (
    select * from lines
    where line_rank = 1
),

rolled_up as (

    select
        first_lines.shipment_uid,
        first_lines.shipment_id,
        case when first_lines.line_count > 1 then totals.currency else first_lines.currency end as currency,
        case when first_lines.line_count > 1 then totals.declared_value else first_lines.declared_value end
            as declared_value,
        case when first_lines.line_count > 1 then totals.customs_value else first_lines.customs_value end
            as customs_value,
        coalesce(totals.value_usd, first_lines.value_usd) as value_usd,
        coalesce(totals.customs_value_usd, first_lines.customs_value_usd) as customs_value_usd,
        coalesce(totals.is_customs_value_proxy, first_lines.customs_value is null) as is_customs_value_proxy,
        coalesce(totals.quantity, first_lines.quantity) as quantity,
        coalesce(totals.weight_kg, first_lines.weight_kg) as weight_kg,
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
        'a' || left(md5(
            coalesce(first_lines.consignee_name, '')
            || $field_separator || coalesce(first_lines.consignee_address, '')
            || $field_separator || coalesce(first_lines.consignee_address2, '')
            || $field_separator || coalesce(first_lines.consignee_city, '')
            || $field_separator || coalesce(first_lines.consignee_state, '')
            || $field_separator || coalesce(first_lines.consignee_postal_code, '')
            || $field_separator || coalesce(first_lines.consignee_country, '')
            || $field_separator || coalesce(first_lines.consignee_phone, '')
            || $field_separator || coalesce(first_lines.consignee_email, '')
            || $field_separator || coalesce(first_lines.consignee_tax_id_hash, '')
            || $field_separator || coalesce(first_lines.consignee_tax_id_deletions, '')
            || $field_separator || coalesce(first_lines.consignee_tax_id_last2, '')
            || $field_separator || coalesce(first_lines.consignee_id, '')
            || $field_separator || coalesce(first_lines.consignee_id_issuer, '')
        ), $id_digits) as alias_id
    from first_lines
    left join totals on first_lines.shipment_uid = totals.shipment_uid

)

select * from rolled_up
