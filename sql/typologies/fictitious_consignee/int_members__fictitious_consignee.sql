-- One shipment for a consignee whose name is nobodys or whose address is none.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

traits as (select * from party_traits),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'fictitious_consignee'
),

parties as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.is_claimed,
        traits.signs,
        traits.sign_count,
        typologies.rule_id,
        typologies.source as legal_basis,
        coalesce('identity ' || shipments.identity_id, 'consignee ' || shipments.alias_id) as subject
    from shipments
    inner join traits on shipments.alias_id = traits.alias_id
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

marked as (

    select distinct
        subject,
        rule_id
    from parties
    where sign_count > 0

),

counted as (

    select
        parties.*,
        count(*) over (partition by parties.subject, parties.rule_id) as shipments_of_party
    from parties
    inner join marked on parties.subject = marked.subject and parties.rule_id = marked.rule_id

),

signed as (

    select * from counted
    where sign_count > 0

),

members as (

    select
        flag_id($regime, 'fictitious_consignee', subject, rule_id, $id_digits) as flag_id,
        signed.*
    from signed

)

select * from members
