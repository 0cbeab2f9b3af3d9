-- One shipment of a week that claims the exemption for a carrier, broker or forwarder in place of the buyer.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

traits as (select * from party_traits),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'nominal_consignee'
),

nominal as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.entry_route <> 'exemption' as is_entered,
        shipments.has_order,
        traits.name_kind,
        traits.name_words,
        typologies.rule_id,
        typologies.source as legal_basis,
        coalesce('identity ' || shipments.identity_id, 'consignee ' || shipments.alias_id) || ', week of '
        || cast(shipments.week_start as varchar)
        || case when shipments.entry_route <> 'exemption' then ', entries' else '' end as subject
    from shipments
    inner join traits on shipments.alias_id = traits.alias_id
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        traits.name_kind in ('forwarder', 'carrier', 'broker')
        and shipments.arrival_date >= traits.name_from
        and shipments.arrival_date < coalesce(traits.name_to, date '9999-12-31')
        and not traits.is_owner_named
        and not shipments.has_buyer
        and shipments.entry_route in ('exemption', 'informal')

),

counted as (

    select
        nominal.*,
        count(*) over (partition by subject, rule_id) as shipments_of_week
    from nominal

),

many as (

    select * from counted
    where shipments_of_week >= $min_pattern_shipments

),

members as (

    select
        flag_id($regime, 'nominal_consignee', subject, rule_id, $id_digits) as flag_id,
        many.*
    from many

)

select * from members
