-- One shipment of an informal_entry_split flag.
-- grain: flag_id, shipment_uid

with
crossings as (select * from int_crossings__informal_entry_split),

pieces as (select * from int_shipments__entered_informally),

members as (

    select
        crossings.flag_id,
        pieces.shipment_uid,
        pieces.amount
    from crossings
    inner join pieces on
        crossings.group_key = pieces.group_key
        and crossings.way = pieces.way
        and crossings.rule_id = pieces.rule_id
        and crossings.limit_currency = pieces.limit_currency

)

select * from members
