-- What was measured of one warehouse_consignee flag.
-- grain: flag_id

with
members as (select * from int_members__warehouse_consignee),

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
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        min(name_words) as name_words,
        count(distinct seller) as sellers,
        count(*) filter (where not is_certain) as uncertain_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'warehouse_consignee' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(
            total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
        ) as excess_usd,
        'inferred' as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        rule_id,
        legal_basis,
        total_amount,
        name_words,
        sellers,
        uncertain_count
    from summed

)

select * from measured
