-- What was measured of one ineligible_goods flag.
-- grain: flag_id

with
members as (select * from int_members__ineligible_goods),

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
        min(kind) as kind,
        min(goods) as goods,
        min(hts_code) as hts_code,
        min(exemption_basis) as exemption_basis,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'ineligible_goods' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case
            when kind = 'agency' then 'supporting'
            when kind in ('tax', 'gift') and exemption_basis <> 'assumed' then 'objective' else 'inferred'
        end as strength,
        cast(1 as double) as size,
        rule_id,
        legal_basis,
        kind,
        goods,
        hts_code,
        exemption_basis
    from summed

)

select * from measured
