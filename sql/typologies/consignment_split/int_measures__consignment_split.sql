-- What was measured of one consignment_split flag.
-- grain: flag_id

with
crossings as (select * from int_crossings__consignment_split),

measured as (

    select
        flag_id,
        $regime as regime,
        'consignment_split' as typology,
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
        case when is_unit_known and is_certain and not is_unverified then 'objective' else 'inferred' end as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        rule_id,
        legal_basis,
        way,
        total_amount,
        is_unit_known,
        is_unverified,
        is_certain,
        order_count
    from crossings

)

select * from measured
