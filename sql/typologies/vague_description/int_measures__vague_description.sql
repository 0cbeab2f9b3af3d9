-- One vague_description flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__vague_description),

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
        count(distinct phrase) as phrases,
        min(phrase) as first_phrase,
        min(source) as phrase_source,
        count(hts_code) as coded_count,
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
        'vague_description' as typology,
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
        'The description of ' || cast(shipments as varchar) || ' of ' || cast(claims_of_week as varchar)
        || case when is_entered then ' entries' else ' claims' end || ' of the week tells no more than "'
        || first_phrase || '"'
        || case when phrases > 1 then ' or the like' else '' end || ' (' || phrase_source || ').' as reason,
        concat_ws(
            ', ',
            case
                when coded_count > 0
                    then
                        '"' || cast(coded_count as varchar) || ' of ' || cast(shipments as varchar)
                        || ' carry a tariff number, which tells more than the words."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"claims_of_week": ' || cast(claims_of_week as varchar),
            '"phrases": ' || cast(phrases as varchar)
        ) as attributes
    from summed

)

select * from described
