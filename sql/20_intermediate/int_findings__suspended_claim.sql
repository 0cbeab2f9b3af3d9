-- One suspended_claim flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__suspended_claim),

described as (

    select
        flag_id,
        $regime as regime,
        'suspended_claim' as typology,
        identity_id,
        subject,
        arrival_date as window_start,
        arrival_date as window_end,
        cast(1 as bigint) as shipments,
        value_usd as total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when is_certain then 'objective' else 'inferred' end as strength,
        cast(1 as double) as size,
        'The exemption is claimed for a shipment worth USD ' || cast(value_usd as varchar) || ' that arrived on '
        || cast(arrival_date as varchar) || ', when none was on offer'
        || case when is_certain then '' else ' ' || coverage end || '.' as reason,
        concat_ws(
            ', ',
            case
                when not is_certain
                    then '"Origin or mode is not known; elsewhere the exemption was still on offer that day."'
            end,
            case
                when exemption_basis = 'entry_type'
                    then '"The claim is read from the entry type; no claim was handed in."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"claim": "' || exemption_basis || '"',
            '"origin_known": ' || cast(origin_country is not null as varchar)
        ) as attributes
    from crossings

)

select * from described
