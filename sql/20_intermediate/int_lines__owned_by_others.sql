-- One line whose owner is another than its consignee, with what is known of the owner.
-- grain: landed_id

with
lines as (select * from stg_shipment_lines),

owners as (select * from named_owners),

owned as (

    select
        lines.landed_id,
        owners.owner_role,
        owners.owner_name,
        case when owners.is_importer then lines.importer_id_hash end as owner_tax_id_hash,
        case when owners.is_importer then lines.importer_id_last2 end as owner_tax_id_last2,
        case when owners.is_seller then lines.seller_id end as owner_id,
        case when owners.is_seller and lines.seller_id is not null then coalesce(lines.marketplace, 'sellers') end
            as owner_id_issuer
    from lines
    inner join owners on
        lines.consignee_name is not distinct from owners.consignee_name
        and lines.buyer_name is not distinct from owners.buyer_name
        and lines.importer_name is not distinct from owners.importer_name
        and lines.seller_name is not distinct from owners.seller_name
        and (lines.order_id is not null) = owners.is_ordered

)

select * from owned
