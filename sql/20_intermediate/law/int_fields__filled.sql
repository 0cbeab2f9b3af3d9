-- One set of columns that some shipments of the period carry, and of those unread there, as |order_id|seller_id|.
-- Beside columns it names circumstances without which a typology has nothing to judge: a claim, an informal entry.
-- grain: carried, unread

with
shipments as (select * from int_shipments__given_one_rule),

deadlines as (
    select * from ref_deadlines
    where regime = $regime and counted_from in ('arrival', 'arrival_month') and within_days is not null
),

unread as (select * from int_shipments__with_unread_cells),

seen as (

    select
        coalesce(unread.unread, '') as unread,
        shipments.carrier_code is not null as carrier_code,
        shipments.identity_id is not null as consignee,
        shipments.consignee_address is not null as consignee_address,
        shipments.consignee_name is not null as consignee_name,
        shipments.conveyance_id is not null as conveyance_id,
        shipments.declared_at is not null as declared_at,
        shipments.description is not null as description,
        shipments.entry_number is not null as entry_number,
        shipments.entry_type is not null as entry_type,
        shipments.exemption_claimed_declared is not null as exemption_claimed,
        shipments.export_country is not null as export_country,
        shipments.filer_code is not null as filer_code,
        coalesce(shipments.exemption_claimed, false) as claim,
        coalesce(shipments.exemption_claimed and shipments.is_available, false) as exempt_claim,
        coalesce(shipments.entry_type is not null and not shipments.exemption_claimed, false) as entry,
        not coalesce(shipments.exemption_claimed, false) and coalesce(shipments.is_informal, true) as informal_entry,
        not coalesce(shipments.exemption_claimed, false)
        and coalesce(shipments.is_informal and shipments.mode = 'mail', false)
        and coalesce(shipments.shipper_name, shipments.seller_id, shipments.seller_name) is not null as mail_sender,
        deadlines.deadline is not null as deadline,
        shipments.has_invoice is not null as has_invoice,
        shipments.has_proof_of_order is not null as has_proof_of_order,
        shipments.has_transport_document is not null as has_transport_document,
        shipments.house_bill is not null as house_bill,
        shipments.hts_code is not null as hts_code,
        shipments.importer_country is not null as importer_country,
        shipments.importer_id_hash is not null as importer_id_hash,
        shipments.importer_name is not null as importer_name,
        shipments.is_gift is not null as is_gift,
        shipments.order_id is not null as order_id,
        shipments.written_origin_country is not null as origin_country,
        shipments.product_id is not null as product_id,
        shipments.quantity is not null as quantity,
        shipments.seller_id is not null as seller_id,
        shipments.seller_name is not null as seller_name,
        shipments.shipper_country is not null as shipper_country,
        shipments.shipper_name is not null as shipper_name,
        shipments.weight_kg is not null as weight_kg
    from shipments
    left join unread on shipments.shipment_uid = unread.shipment_uid
    left join deadlines on
        shipments.deadline = deadlines.deadline
        and shipments.arrival_date >= deadlines.valid_from
        and shipments.arrival_date < coalesce(deadlines.valid_to, date '9999-12-31')
    where shipments.arrival_date between $from_date and $to_date

),

patterns as (

    select
        seen.*,
        count(*) as shipments
    from seen
    group by all

),

filled as (

    select
        concat_ws(
            '|',
            '',
            case when carrier_code then 'carrier_code' end,
            case when claim then 'claim' end,
            case when consignee then 'consignee' end,
            case when consignee_address then 'consignee_address' end,
            case when consignee_name then 'consignee_name' end,
            case when conveyance_id then 'conveyance_id' end,
            case when deadline then 'deadline' end,
            case when declared_at then 'declared_at' end,
            case when description then 'description' end,
            case when entry then 'entry' end,
            case when entry_number then 'entry_number' end,
            case when entry_type then 'entry_type' end,
            case when exempt_claim then 'exempt_claim' end,
            case when exemption_claimed then 'exemption_claimed' end,
            case when export_country then 'export_country' end,
            case when filer_code then 'filer_code' end,
            case when has_invoice then 'has_invoice' end,
            case when has_proof_of_order then 'has_proof_of_order' end,
            case when has_transport_document then 'has_transport_document' end,
            case when house_bill then 'house_bill' end,
            case when hts_code then 'hts_code' end,
            case when importer_country then 'importer_country' end,
            case when importer_id_hash then 'importer_id_hash' end,
            case when importer_name then 'importer_name' end,
            case when informal_entry then 'informal_entry' end,
            case when is_gift then 'is_gift' end,
            case when mail_sender then 'mail_sender' end,
            case when order_id then 'order_id' end,
            case when origin_country then 'origin_country' end,
            case when product_id then 'product_id' end,
            case when quantity then 'quantity' end,
            case when seller_id then 'seller_id' end,
            case when seller_name then 'seller_name' end,
            case when shipper_country then 'shipper_country' end,
            case when shipper_name then 'shipper_name' end,
            case when weight_kg then 'weight_kg' end,
            ''
        ) as carried,
        unread,
        shipments
    from patterns

)

select * from filled
