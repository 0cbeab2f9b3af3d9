-- What was measured of one fictitious_consignee flag.
-- grain: flag_id

with
members as (select * from int_members__fictitious_consignee),

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
        min(signs) as signs,
        max(sign_count) as sign_count,
        max(shipments_of_party) as shipments_of_party,
        count(*) filter (where is_claimed) as claimed_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'fictitious_consignee' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when sign_count > 1 then 'inferred' else 'supporting' end as strength,
        cast(shipments as double) / cast(shipments_of_party as double)
        * case when signs = 'zip_state' then 0.25 else 1 end as size,
        rule_id,
        legal_basis,
        signs,
        sign_count,
        shipments_of_party,
        claimed_count
    from summed

)

select * from measured
