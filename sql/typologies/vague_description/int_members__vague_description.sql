-- One shipment of a seller and week whose description does not tell what the goods are.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

goods as (
    select * from goods_traits
    where phrase is not null
),

phrases as (select * from ref_vague_phrases),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'vague_description'
),

claims as (

    select
        shipments.shipment_uid,
        shipments.amount,
        coalesce('seller ' || shipments.seller, 'seller not known') as seller,
        shipments.entry_route <> 'exemption' as is_entered,
        shipments.week_start,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.hts_code,
        phrases.phrase,
        phrases.source,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    left join goods on
        shipments.description = goods.description
        and shipments.hts_chapter = goods.hts_chapter
    left join phrases on
        goods.phrase = phrases.phrase
        and shipments.arrival_date >= phrases.valid_from
        and shipments.arrival_date < coalesce(phrases.valid_to, date '9999-12-31')
    where shipments.entry_route is not null and shipments.description is not null and shipments.line_count = 1

),

counted as (

    select
        claims.*,
        count(*) over (partition by seller, week_start, is_entered, rule_id) as claims_of_week,
        count(phrase) over (partition by seller, week_start, is_entered, rule_id) as vague_count,
        seller || ', week of ' || cast(week_start as varchar) || case when is_entered then ', entries' else '' end
            as subject
    from claims

),

vague as (

    select * from counted
    where phrase is not null and vague_count >= $min_pattern_shipments

),

members as (

    select
        flag_id($regime, 'vague_description', subject, rule_id, $id_digits) as flag_id,
        vague.*
    from vague

)

select * from members
