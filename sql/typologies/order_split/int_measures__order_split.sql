-- One order_split flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__order_split),

described as (

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
        cast(shipments as varchar) || ' lots of one order came under the exemption on '
        || cast(day_count as varchar) || case when day_count = 1 then ' day' else ' days' end
        || ', each within the limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
        || ' and together worth ' || cast(total_amount as varchar) || '.' as reason,
        concat_ws(
            ', ',
            case
                when not has_issuer
                    then '"It is not known whose order number this is; two sellers may use the same one."'
            end,
            case
                when number_count > 1
                    then '"The lots carry different numbers that are read as parts of one order."'
            end,
            case
                when identity_count > 1
                    then
                        '"The lots are addressed to ' || cast(identity_count as varchar)
                        || ' different consignees."'
            end,
            case when not is_certain then '"Origin or mode is not known for some lots."' end,
            '"Lots may be sent apart for other reasons, such as stock, size or a back order."'
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"days": ' || cast(day_count as varchar),
            '"order_numbers": ' || cast(number_count as varchar),
            '"order_identities": ' || cast(identity_count as varchar)
        ) as attributes
    from crossings

)

select * from described
