-- One shipment that claims the exemption and of which a paper is known to be missing.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'documentation_gap'
),

claims as (

    select
        shipments.shipment_uid,
        shipments.amount,
        coalesce('filer ' || shipments.filer_code, 'carrier ' || shipments.carrier_code, 'filer not known') as filer,
        shipments.week_start,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        coalesce(not shipments.has_invoice, false) as lacks_invoice,
        coalesce(not shipments.has_transport_document, false) as lacks_transport_document,
        coalesce(not shipments.has_proof_of_order, false) as lacks_proof_of_order,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.is_claimed

),

counted as (

    select
        claims.*,
        count(*) over (partition by filer, week_start, rule_id) as claims_of_week,
        filer || ', week of ' || cast(week_start as varchar) as subject
    from claims

),

lacking as (

    select * from counted
    where lacks_invoice or lacks_transport_document or lacks_proof_of_order

),

members as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'documentation_gap', subject, rule_id)), $id_digits) as flag_id,
        lacking.*
    from lacking

)

select * from members
