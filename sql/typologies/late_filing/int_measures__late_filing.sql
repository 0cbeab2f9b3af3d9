-- What was measured of one late_filing flag.
-- grain: flag_id

with
members as (select * from int_members__late_filing),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(wording) as wording,
        max(days_late) as days_late,
        count(*) filter (where date_basis <> 'arrival') as other_date_count,
        count(*) filter (where within_days = 0 and arrival_at is null) as dated_only_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'late_filing' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when other_date_count = 0 then 'objective' else 'inferred' end as strength,
        1 - 1 / cast(shipments + 1 as double) as size,
        rule_id,
        legal_basis,
        wording,
        days_late,
        dated_only_count
    from summed

)

select * from measured
