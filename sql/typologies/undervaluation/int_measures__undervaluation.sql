-- One undervaluation flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__undervaluation),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        cast(sum(usual_value_usd) as decimal(18, 2)) as usual_value_usd,
        max(usual_usd) as usual_usd,
        max(peers) as peers,
        count(*) filter (where unit_kg is null) as unweighed_count,
        count(*) filter (where is_fitted) as fitted_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'undervaluation' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when fitted_count > 0 then 'inferred' else 'supporting' end as strength,
        1 - cast(total_usd as double) / cast(usual_value_usd as double) as size,
        cast(shipments as varchar) || case when shipments = 1 then ' shipment is' else ' shipments are' end
        || ' declared at USD ' || cast(total_usd as varchar) || ' together; at the usual price of the same goods of '
        || 'the same seller (USD ' || cast(cast(usual_usd as decimal(18, 2)) as varchar) || ' a piece, '
        || cast(peers as varchar) || ' shipments) it would be USD ' || cast(usual_value_usd as varchar) || '.'
        || case
            when fitted_count > 0
                then
                    ' At that price ' || cast(fitted_count as varchar)
                    || case when fitted_count = 1 then ' of them would be' else ' of them would each be' end
                    || ' over the limit.'
            else ''
        end as reason,
        concat_ws(
            ', ',
            case
                when unweighed_count > 0
                    then
                        '"The weight of ' || cast(unweighed_count as varchar)
                        || ' of them is not known: they may be a smaller pack."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"usual_value_usd": ' || cast(usual_value_usd as varchar),
            '"peers": ' || cast(peers as varchar),
            '"would_not_fit": ' || cast(fitted_count as varchar)
        ) as attributes
    from summed

)

select * from described
