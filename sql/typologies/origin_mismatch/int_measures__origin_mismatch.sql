-- One origin_mismatch flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__origin_mismatch),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(other_country) as other_country,
        min(origin_country) as origin_country,
        max(sign_count) as sign_count,
        count(*) filter (where is_shipped_from) as shipped_count,
        count(*) filter (where is_exported_from) as exported_count,
        count(*) filter (where is_posted_from) as posted_count,
        bool_and(is_free) as is_free,
        min(layer) as layer,
        max(rate) as rate,
        max(claimed_rate) as claimed_rate,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'origin_mismatch' as typology,
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
        1 - 1 / cast(shipments + 1 as double) as size,
        cast(shipments as varchar)
        || case
            when is_free
                then
                    case when shipments = 1 then ' shipment claims' else ' shipments claim' end
                    || ' the exemption as goods of ' || origin_country || ', and came from ' || other_country
                    || ', whose goods had none: '
            else
                case when shipments = 1 then ' shipment is' else ' shipments are' end || ' entered as goods of '
                || origin_country || ', and came from ' || other_country || ', whose goods pay '
                || cast(cast(rate as decimal(18, 4)) as varchar) || ' of the value under ' || layer || ', not '
                || cast(cast(claimed_rate as decimal(18, 4)) as varchar) || ': '
        end
        || concat_ws(
            ', ',
            case when shipped_count > 0 then 'by the shipper ' || cast(shipped_count as varchar) end,
            case when exported_count > 0 then 'by the country of export ' || cast(exported_count as varchar) end,
            case when posted_count > 0 then 'by the number of the mail item ' || cast(posted_count as varchar) end
        ) || '.' as reason,
        concat_ws(
            ', ',
            '"Where goods are sent from is not where they are made."',
            case when sign_count = 1 then '"It is one sign alone."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"origin_claimed": "' || origin_country || '"',
            '"sent_from": "' || other_country || '"'
        ) as attributes
    from summed

)

select * from described
