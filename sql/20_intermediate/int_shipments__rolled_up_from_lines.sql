-- One current shipment: its lines added up, the rest taken from its first line.
-- grain: shipment_uid

with
lines as (select * from stg_shipment_lines),

values_of_lines as (select * from int_lines__valued_in_usd),

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
    from values_of_lines
    where line_count > 1
    group by shipment_uid

),

first_values as (

    select * from values_of_lines
    where line_rank = 1

),

rolled_up as (

    select
        first_values.shipment_uid,
        lines.shipment_id,
        case when first_values.line_count > 1 then totals.currency else first_values.currency end as currency,
        case when first_values.line_count > 1 then totals.declared_value else first_values.declared_value end
            as declared_value,
        case when first_values.line_count > 1 then totals.customs_value else first_values.customs_value end
            as customs_value,
        coalesce(totals.value_usd, first_values.value_usd) as value_usd,
        coalesce(totals.customs_value_usd, first_values.customs_value_usd) as customs_value_usd,
        coalesce(totals.is_customs_value_proxy, first_values.customs_value is null) as is_customs_value_proxy,
        coalesce(totals.quantity, first_values.quantity) as quantity,
        coalesce(totals.weight_kg, first_values.weight_kg) as weight_kg,
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
        'a' || left(md5(
            coalesce(lines.consignee_name, '')
            || $field_separator || coalesce(lines.consignee_address, '')
            || $field_separator || coalesce(lines.consignee_address2, '')
            || $field_separator || coalesce(lines.consignee_city, '')
            || $field_separator || coalesce(lines.consignee_state, '')
            || $field_separator || coalesce(lines.consignee_postal_code, '')
            || $field_separator || coalesce(lines.consignee_country, '')
            || $field_separator || coalesce(lines.consignee_phone, '')
            || $field_separator || coalesce(lines.consignee_email, '')
            || $field_separator || coalesce(lines.consignee_tax_id_hash, '')
            || $field_separator || coalesce(lines.consignee_tax_id_deletions, '')
            || $field_separator || coalesce(lines.consignee_tax_id_last2, '')
            || $field_separator || coalesce(lines.consignee_id, '')
            || $field_separator || coalesce(lines.consignee_id_issuer, '')
        ), $id_digits) as alias_id
    from first_values
    inner join lines on first_values.landed_id = lines.landed_id
    left join totals on first_values.shipment_uid = totals.shipment_uid

)

select * from rolled_up
