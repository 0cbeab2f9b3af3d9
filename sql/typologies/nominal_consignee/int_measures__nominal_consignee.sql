-- What was measured of one nominal_consignee flag.
-- grain: flag_id

with
members as (select * from int_members__nominal_consignee),

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
        min(name_kind) as name_kind,
        min(name_words) as name_words,
        count(*) filter (where has_order) as ordered_count,
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
        'nominal_consignee' as typology,
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
        1 - 1 / cast(shipments + 1 as double) as size,
        rule_id,
        legal_basis,
        name_kind,
        name_words,
        ordered_count,
        is_entered
    from summed

)

select * from measured
