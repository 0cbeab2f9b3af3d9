-- One shipment that claims the exemption for goods of a class that cannot have it.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

goods as (select * from int_goods__ineligible),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'ineligible_goods'
),

ineligible as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.exemption_basis,
        shipments.hts_code,
        goods.kind,
        goods.goods,
        typologies.rule_id || '-' || upper(goods.kind) as rule_id,
        goods.source as legal_basis,
        'shipment ' || shipments.shipment_uid as subject
    from shipments
    inner join goods on
        shipments.hts_code = goods.hts_code
        and shipments.arrival_date >= goods.valid_from
        and shipments.arrival_date < coalesce(goods.valid_to, date '9999-12-31')
        and coalesce(goods.origin_country, shipments.origin_country, '-') = coalesce(shipments.origin_country, '-')
        and coalesce(goods.pool, shipments.pool) = shipments.pool
        and shipments.value_usd > coalesce(goods.above_usd, -1)
        and (
            goods.entry_types is null
            or '|' || goods.entry_types || '|' like '%|' || shipments.entry_type || '|%'
        )
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.is_claimed and shipments.is_available
    qualify row_number() over (
            partition by shipments.shipment_uid
            order by goods.kind = 'agency', goods.kind, goods.goods
        ) = 1

),

members as (

    select
        flag_id($regime, 'ineligible_goods', subject, rule_id, $id_digits) as flag_id,
        ineligible.*
    from ineligible

)

select * from members
