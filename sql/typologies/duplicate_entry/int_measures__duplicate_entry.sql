-- What was measured of one duplicate_entry flag.
-- grain: flag_id

with
members as (select * from int_members__duplicate_entry),

summed as (

    select
        flag_id,
        min(subject) as subject,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        count(distinct entry_number) as entries,
        count(distinct value_usd) as amounts,
        count(distinct description) as descriptions,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'duplicate_entry' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        'objective' as strength,
        1 - 1 / cast(entries as double) as size,
        rule_id,
        legal_basis,
        entries,
        amounts,
        descriptions
    from summed

)

select * from measured
