-- One shipment whose description reads as goods of another tariff chapter than its number.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

goods as (
    select * from goods_traits
    where usual_chapter is not null
),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'description_mismatch'
),

mismatched as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.product_id,
        shipments.hts_chapter,
        goods.usual_chapter,
        goods.telling_words,
        goods.usual_shipments,
        typologies.rule_id,
        typologies.source as legal_basis,
        coalesce('seller ' || shipments.seller, 'seller not known') || ', week of '
        || cast(shipments.week_start as varchar) || ', chapter ' || shipments.hts_chapter || ' for '
        || goods.usual_chapter as subject
    from shipments
    inner join goods on
        shipments.description = goods.description
        and shipments.hts_chapter = goods.hts_chapter
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.line_count = 1

),

members as (

    select
        flag_id($regime, 'description_mismatch', subject, rule_id, $id_digits) as flag_id,
        mismatched.*
    from mismatched

)

select * from members
