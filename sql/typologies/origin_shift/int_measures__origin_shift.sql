-- What was measured of one origin_shift flag.
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
        max(rise) as new_rise,
        max(old_rise) as old_rise,
        min(usual_place) as usual_place,
        count(*) filter (where sent_from = usual_place) as still_sent_count,
        count(*) filter (where sent_from <> usual_place) as sent_elsewhere_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

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
        rule_id,
        legal_basis,
        changed_from,
        before_count,
        before_suspended,
        after_suspended,
        origins,
        first_origin,
        gain,
        new_rise,
        old_rise,
        usual_place,
        still_sent_count,
        sent_elsewhere_count
    from summed

)

select * from measured
