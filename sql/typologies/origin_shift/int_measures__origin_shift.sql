-- One origin_shift flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__origin_shift),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(changed_from) as changed_from,
        max(before_count) as before_count,
        max(before_suspended) as before_suspended,
        max(after_suspended) as after_suspended,
        count(distinct origin_country) as origins,
        min(origin_country) as first_origin,
        min(gain) as gain,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'origin_shift' as typology,
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
        'Of ' || cast(before_count as varchar) || ' shipments of these goods before ' || cast(changed_from as varchar)
        || ', ' || cast(before_suspended as varchar) || ' were of an origin '
        || case
            when gain = 'exemption' then 'whose exemption ended that day' else 'whose added duty began or rose that day'
        end
        || '; since then ' || cast(shipments as varchar)
        || case when gain = 'exemption' then ' came under the exemption' else ' were entered' end || ' as goods of '
        || first_origin
        || case when origins > 1 then ' and other countries' else '' end || '.' as reason,
        concat_ws(
            ', ',
            case
                when after_suspended > 0
                    then
                        '"' || cast(after_suspended as varchar)
                        || ' shipments of the same goods still come as goods of the old origin: both are told apart."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"before": ' || cast(before_count as varchar),
            '"origins": ' || cast(origins as varchar)
        ) as attributes
    from summed

)

select * from described
