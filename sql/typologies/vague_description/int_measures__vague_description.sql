-- What was measured of one vague_description flag.
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

measured as (

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
        rule_id,
        legal_basis,
        claims_of_week,
        phrases,
        first_phrase,
        phrase_source,
        coded_count,
        is_entered
    from summed

)

select * from measured
