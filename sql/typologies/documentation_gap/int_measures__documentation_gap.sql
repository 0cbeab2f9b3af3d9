-- What was measured of one documentation_gap flag.
-- grain: flag_id

with
members as (select * from int_members__documentation_gap),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(claims_of_week) as claims_of_week,
        count(*) filter (where lacks_invoice) as invoices,
        count(*) filter (where lacks_transport_document) as transport_documents,
        count(*) filter (where lacks_proof_of_order) as proofs_of_order,
        count(*) filter (where lacks_importer_id and is_importer_id_usual) as importer_ids,
        bool_or(is_entered) as is_entered,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'documentation_gap' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        'supporting' as strength,
        cast(shipments as double) / cast(claims_of_week as double) as size,
        rule_id,
        legal_basis,
        claims_of_week,
        invoices,
        transport_documents,
        proofs_of_order,
        importer_ids,
        is_entered
    from summed

)

select * from measured
