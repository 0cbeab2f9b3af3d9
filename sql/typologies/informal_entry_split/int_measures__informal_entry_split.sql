-- What was measured of one informal_entry_split flag.
-- grain: flag_id

with
crossings as (select * from int_crossings__informal_entry_split),

measured as (

    select
        flag_id,
        $regime as regime,
        'informal_entry_split' as typology,
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
        strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        rule_id,
        legal_basis,
        way,
        total_amount,
        bills,
        declared_count,
        proxy_count,
        numbered_count,
        billed_count,
        has_issuer,
        is_mail,
        is_of_equals,
        is_all_near,
        cast(limit_amount * $near_limit_share as decimal(18, 2)) as near_amount,
        is_numbered_in_a_row,
        is_of_one_bill,
        is_of_one_day,
        is_of_several_bills,
        is_of_several_centers
    from crossings

)

select * from measured
