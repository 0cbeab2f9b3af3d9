-- One over_informal_limit flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__over_informal_limit),

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
        max(entry_amount) as total_amount,
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        count(*) filter (where is_customs_value_proxy) as proxy_count,
        count(*) filter (where is_mail) as mailed_count,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(first_rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'over_informal_limit' as typology,
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
        case when is_certain and proxy_count = 0 then 'objective' else 'inferred' end as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        case when mailed_count > 0 then 'A mail item' else 'An informal entry' end
        || case when shipments > 1 then ' of ' || cast(shipments as varchar) || ' shipments' else '' end
        || ' is worth ' || limit_currency || ' ' || cast(total_amount as varchar) || ', over the informal limit of '
        || limit_currency || ' ' || cast(limit_amount as varchar) || '.' as reason,
        concat_ws(
            ', ',
            case
                when proxy_count > 0
                    then
                        '"The limit goes by the customs value. It is not given here, and the declared value stands in; '
                        || 'the customs value would settle it."'
            end,
            case when not is_certain then '"Origin or mode is not known, and the limit depends on it."' end,
            case
                when shipments > 1
                    then '"The shipments are taken for one entry because they bear one entry number."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        '"customs_value": ' || cast(proxy_count = 0 as varchar) as attributes
    from summed

)

select * from described
