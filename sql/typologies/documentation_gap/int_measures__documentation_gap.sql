-- One documentation_gap flag in words and figures.
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

described as (

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
        'For ' || cast(shipments as varchar) || ' of ' || cast(claims_of_week as varchar)
        || case when is_entered then ' entries' else ' claims' end || ' of the week a paper is known to be missing: '
        || concat_ws(
            ', ',
            case when invoices > 0 then 'invoice ' || cast(invoices as varchar) end,
            case
                when transport_documents > 0 then 'transport document ' || cast(transport_documents as varchar)
            end,
            case when proofs_of_order > 0 then 'proof of order ' || cast(proofs_of_order as varchar) end,
            case when importer_ids > 0 then 'importer number ' || cast(importer_ids as varchar) end
        ) || '.' as reason,
        concat_ws(
            ', ',
            '"Where the data say nothing of a paper, it is not counted as missing."',
            case
                when importer_ids > 0
                    then '"The importer number counts as missing where the filer gives it for other shipments."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"claims_of_week": ' || cast(claims_of_week as varchar)
        ) as attributes
    from summed

)

select * from described
