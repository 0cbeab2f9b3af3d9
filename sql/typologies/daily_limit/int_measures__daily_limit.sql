-- One daily_limit flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__daily_limit),

seen as (select * from int_crossings__seen_by_exact_match),

moved as (select * from int_crossings__moved_to_other_dates),

without_mail as (select * from int_crossings__seen_without_mail),

limits as (select * from int_conditions__matched_to_rules),

sources as (

    select
        arrival_date,
        pool,
        rule_id,
        min(legal_basis) as legal_basis
    from limits
    where kind = 'exemption'
    group by arrival_date, pool, rule_id

),

fallen as (

    select
        flag_id,
        string_agg(date_basis, ', ' order by date_basis) as bases
    from moved
    where not is_over_limit
    group by flag_id

),

described as (

    select
        crossings.flag_id,
        $regime as regime,
        'daily_limit' as typology,
        crossings.identity_id,
        crossings.subject,
        crossings.arrival_date as window_start,
        crossings.arrival_date as window_end,
        crossings.shipments,
        crossings.total_usd,
        crossings.limit_amount,
        crossings.limit_currency,
        cast(
            crossings.total_usd
            * (1 - cast(crossings.limit_amount as double) / cast(crossings.total_amount as double))
            as decimal(18, 2)
        ) as excess_usd,
        case when crossings.is_certain then 'objective' else 'inferred' end as strength,
        1 - cast(crossings.limit_amount as double) / cast(crossings.total_amount as double) as size,
        cast(crossings.shipments as varchar) || ' pieces for one person arrived on '
        || cast(crossings.arrival_date as varchar) || ' under the exemption, each within the limit of '
        || crossings.limit_currency || ' ' || cast(crossings.limit_amount as varchar) || ' and together worth '
        || cast(crossings.total_amount as varchar) || '.'
        || case
            when crossings.oversize_count > 0
                then
                    ' Set aside and not counted: ' || cast(crossings.oversize_count as varchar)
                    || ' over the limit alone.'
            else ''
        end as reason,
        concat_ws(
            ', ',
            case
                when not crossings.is_certain
                    then
                        '"Origin or mode is not known for some pieces; the sum holds only '
                        || crossings.coverage || '."'
            end,
            case
                when fallen.bases is not null
                    then '"The pieces are not over the limit on one day by another date: ' || fallen.bases || '."'
            end,
            case
                when not without_mail.is_over_limit
                    then
                        '"Without the ' || cast(without_mail.mail_count as varchar)
                        || ' that came by mail the sum is not over the limit; customs'' own check left mail out."'
            end
        ) as counter_reasons,
        crossings.rule_id,
        coalesce(sources.legal_basis, crossings.rule_id) as legal_basis,
        concat_ws(
            ', ',
            '"oversize_count": ' || cast(crossings.oversize_count as varchar),
            '"ways_written": ' || cast(seen.ways_written as varchar),
            '"stands_without_mail": ' || cast(without_mail.is_over_limit as varchar),
            '"would_exact_name_show_it": ' || cast(seen.is_seen_by_exact_match as varchar)
        ) as attributes
    from crossings
    inner join seen on crossings.flag_id = seen.flag_id
    left join without_mail on crossings.flag_id = without_mail.flag_id
    left join fallen on crossings.flag_id = fallen.flag_id
    left join sources on
        crossings.arrival_date = sources.arrival_date
        and crossings.pool = sources.pool
        and crossings.rule_id = sources.rule_id

)

select * from described
