-- What was measured of one daily_limit flag.
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

measured as (

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
        crossings.rule_id,
        coalesce(sources.legal_basis, crossings.rule_id) as legal_basis,
        crossings.total_amount,
        crossings.oversize_count,
        crossings.is_certain,
        crossings.coverage,
        fallen.bases as fallen_bases,
        without_mail.mail_count,
        without_mail.is_over_limit as stands_without_mail,
        seen.ways_written,
        seen.is_seen_by_exact_match
    from crossings
    inner join seen on crossings.flag_id = seen.flag_id
    left join without_mail on crossings.flag_id = without_mail.flag_id
    left join fallen on crossings.flag_id = fallen.flag_id
    left join sources on
        crossings.arrival_date = sources.arrival_date
        and crossings.pool = sources.pool
        and crossings.rule_id = sources.rule_id

)

select * from measured
