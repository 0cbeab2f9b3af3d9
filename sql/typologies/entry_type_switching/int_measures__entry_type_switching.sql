-- What was measured of one entry_type_switching flag.
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

measured as (

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
        rule_id,
        legal_basis,
        switched_on,
        before_count,
        before_other,
        after_count,
        lighter_route
    from summed

)

select * from measured
