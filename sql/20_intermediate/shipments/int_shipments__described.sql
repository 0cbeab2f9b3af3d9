-- One current shipment of the period under one answer of the law, with what a typology looks at.
-- grain: shipment_uid
-- by: shipment_uid
-- shown: each reader takes a few of its columns, and most read it only where those are filled

with
shipments as (select * from int_shipments__given_one_rule),

described as (

    select
        shipments.shipment_uid,
        shipments.shipment_id,
        shipments.alias_id,
        shipments.identity_id,
        shipments.arrival_date,
        cast(date_trunc('week', shipments.arrival_date) as date) as week_start,
        shipments.date_basis,
        shipments.arrival_at,
        shipments.declared_at,
        shipments.mode,
        shipments.pool,
        coalesce(shipments.exemption_claimed, false) as is_claimed,
        shipments.exemption_basis,
        shipments.is_available,
        shipments.coverage = 'known' as is_certain,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.is_oversize,
        shipments.amount,
        shipments.value_usd,
        shipments.line_count,
        lower(shipments.entry_type) as entry_type,
        shipments.is_informal,
        shipments.deadline,
        case
            when shipments.exemption_claimed then 'exemption'
            when shipments.is_informal then 'informal'
            when shipments.entry_type is not null then 'formal'
        end as entry_route,
        shipments.importer_id_hash is not null as has_importer_id,
        shipments.carrier_code,
        shipments.filer_code,
        shipments.house_bill,
        shipments.entry_number,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name))) as seller,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name, shipments.shipper_name))) as sender,
        shipments.marketplace,
        shipments.shipper_country,
        shipments.export_country,
        shipments.written_origin_country as origin_country,
        shipments.buyer_name is not null as has_buyer,
        shipments.order_id is not null as has_order,
        shipments.hts_code,
        coalesce(substring(shipments.hts_code, 1, 2), '-') as hts_chapter,
        shipments.description,
        shipments.product_id,
        shipments.quantity,
        shipments.weight_kg,
        shipments.has_invoice,
        shipments.has_transport_document,
        shipments.has_proof_of_order
    from shipments
    where shipments.arrival_date between $from_date and $to_date

)

select * from described
