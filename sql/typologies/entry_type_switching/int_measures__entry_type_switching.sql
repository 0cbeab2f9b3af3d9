-- One entry_type_switching flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__entry_type_switching),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(switched_on) as switched_on,
        max(before_count) as before_count,
        max(before_other) as before_other,
        max(after_count) as after_count,
        min(lighter_route) as lighter_route,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'entry_type_switching' as typology,
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
        'Of ' || cast(before_count as varchar) || ' shipments of this seller within the limit before '
        || cast(switched_on as varchar) || ', ' || cast(before_other as varchar)
        || case
            when lighter_route = 'exemption' then ' were entered; of ' else ' were on formal entries; of '
        end
        || cast(after_count as varchar)
        || case
            when lighter_route = 'exemption' then ' since then nearly all claim the exemption ('
            else ' since then nearly all are on informal entries ('
        end
        || cast(shipments as varchar) || ' are named here).' as reason,
        concat_ws(
            ', ',
            case
                when lighter_route = 'exemption'
                    then
                        '"To claim an exemption that is on offer is lawful; why it was not claimed before may be the '
                        || 'question."'
                else
                    '"Informal entry within its limit is lawful; why formal entry was chosen before may be the '
                    || 'question."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"before": ' || cast(before_count as varchar),
            '"after": ' || cast(after_count as varchar)
        ) as attributes
    from summed

)

select * from described
