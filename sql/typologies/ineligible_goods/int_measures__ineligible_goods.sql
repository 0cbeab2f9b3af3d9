-- One ineligible_goods flag in words and figures.
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

described as (

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
            when kind in ('tax', 'gift') and exemption_basis <> 'assumed' then 'objective' else 'inferred'
        end as strength,
        cast(1 as double) as size,
        'The exemption is claimed for a shipment under tariff number ' || hts_code || ', ' || goods
        || ', which cannot have it.' as reason,
        concat_ws(
            ', ',
            case
                when kind in ('antidumping', 'countervailing', 'quota')
                    then '"The tariff number alone does not decide whether goods are within the case."'
            end,
            case
                when kind = 'licence'
                    then '"Another agency may have let them in; its papers are not in the data."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"class": "' || kind || '"',
            '"claim": "' || exemption_basis || '"'
        ) as attributes
    from summed

)

select * from described
