-- One shipment of a consignment_split flag.
-- grain: flag_id, shipment_uid

with
crossings as (select * from int_crossings__consignment_split),

pieces as (select * from int_shipments__grouped_by_consignment),

members as (

    select
        crossings.flag_id,
        pieces.shipment_uid,
        pieces.amount
    from crossings
    inner join pieces on
        crossings.group_key = pieces.group_key
        and crossings.way = pieces.way
        and crossings.provision = pieces.provision
        and crossings.limit_currency = pieces.limit_currency

)

select * from members
