-- One shipment that claims the exemption and of which a paper is known to be missing.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

-- the entry types of the programs that ask for the importer's number
required as (

    select
        program,
        replace(program, 'type_', '') as entry_type,
        valid_from,
        valid_to
    from ref_required_data
    where regime = $regime and column_name = 'importer_id_hash' and program like 'type_%'

),

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
        shipments.entry_route <> 'exemption' as is_entered,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        coalesce(not shipments.has_invoice, false) as lacks_invoice,
        coalesce(not shipments.has_transport_document, false) as lacks_transport_document,
        shipments.entry_route = 'exemption' and coalesce(not shipments.has_proof_of_order, false)
            as lacks_proof_of_order,
        required.program is not null and not shipments.has_importer_id as lacks_importer_id,
        max(case when shipments.has_importer_id then 1 else 0 end) over (partition by shipments.filer_code) = 1
            as is_importer_id_usual,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    left join required on
        shipments.entry_type = required.entry_type
        and shipments.arrival_date >= required.valid_from
        and shipments.arrival_date < coalesce(required.valid_to, date '9999-12-31')
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.entry_route is not null

),

counted as (

    select
        claims.*,
        count(*) over (partition by filer, week_start, is_entered, rule_id) as claims_of_week,
        filer || ', week of ' || cast(week_start as varchar) || case when is_entered then ', entries' else '' end
            as subject
    from claims

),

lacking as (

    select * from counted
    where
        lacks_invoice
        or lacks_transport_document
        or lacks_proof_of_order
        -- null is not known to be missing, unless the filer gives it of other shipments
        or (lacks_importer_id and is_importer_id_usual)

),

members as (

    select
        flag_id($regime, 'documentation_gap', subject, rule_id, $id_digits) as flag_id,
        lacking.*
    from lacking

)

select * from members
