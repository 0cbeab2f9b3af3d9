-- What was measured of one inferred_order_split flag.
-- grain: flag_id

with
crossings as (select * from int_crossings__inferred_order_split),

measured as (

    select
        flag_id,
        $regime as regime,
        'inferred_order_split' as typology,
        identity_id,
        identity_id || ', seller ' || seller_key || ', from ' || cast(window_start as varchar) as subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        limit_amount,
        limit_currency,
        cast(
            total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
        ) as excess_usd,
        'inferred' as strength,
        score as size,
        rule_id,
        legal_basis,
        total_amount,
        day_count,
        score,
        pace,
        worth,
        goods,
        numbers,
        other_orders,
        knows_goods,
        is_like_back_order,
        is_like_repeat,
        is_evenly_spaced,
        is_certain
    from crossings

)

select * from measured
