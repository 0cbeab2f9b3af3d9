-- What was measured of one order_split flag.
-- grain: flag_id

with
crossings as (select * from int_crossings__order_split),

measured as (

    select
        flag_id,
        $regime as regime,
        'order_split' as typology,
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
        case when has_issuer and is_certain and number_count = 1 then 'objective' else 'inferred' end as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        rule_id,
        legal_basis,
        total_amount,
        day_count,
        number_count,
        identity_count,
        has_issuer,
        is_certain
    from crossings

)

select * from measured
