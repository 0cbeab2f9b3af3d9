-- One way in which consignee, buyer, importer and seller are named together on lines that name a buyer or importer.
-- grain: consignee_name, buyer_name, importer_name, seller_name, is_ordered

with
lines as (select * from stg_shipment_lines),

named as (

    select
        consignee_name,
        buyer_name,
        importer_name,
        seller_name,
        order_id is not null as is_ordered,
        count(*) as lines_named_so
    from lines
    where
        $person = 'owner'
        and (buyer_name is not null or importer_name is not null)
    group by consignee_name, buyer_name, importer_name, seller_name, order_id is not null

)

select * from named
