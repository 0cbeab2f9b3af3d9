-- What was measured of one foreign_importer_informal flag.
-- grain: flag_id

with
members as (select * from int_members__foreign_importer_informal),

summed as (

    select
        flag_id,
        min(subject) as subject,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        count(distinct entry) as entries,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(importer_country) as importer_country,
        count(known_importer) = count(*) as is_named,
        count(*) filter (where is_country_given) as given_count,
        min(case when is_in_force then 1 else 0 end) = 1 as is_in_force,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'foreign_importer_informal' as typology,
        cast(null as varchar) as identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case
            when not is_in_force then 'supporting'
            when given_count = shipments then 'objective'
            else 'inferred'
        end as strength,
        1 - 1 / cast(entries + 1 as double) as size,
        rule_id,
        legal_basis,
        entries,
        importer_country,
        is_named,
        given_count,
        is_in_force
    from summed

)

select * from measured
