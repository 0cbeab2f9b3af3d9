-- One informal_entry_split flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__informal_entry_split),

described as (

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
        case
            when has_issuer and is_certain and declared_count = shipments then 'objective'
            else 'inferred'
        end as strength,
        1 - cast(limit_amount as double) / cast(total_amount as double) as size,
        cast(shipments as varchar)
        || case
            when way = 'order' then ' lots of one order'
            else ' pieces for one consignee on one conveyance'
        end
        || ', each within the informal limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
        || ', are together worth ' || cast(total_amount as varchar) || '.' as reason,
        concat_ws(
            ', ',
            case
                when declared_count < shipments
                    then '"The kind of entry is not given for all pieces; informal entry is assumed."'
            end,
            case
                when not has_issuer
                    then '"It is not known whose order number this is; two sellers may use the same one."'
            end,
            case
                when way = 'order'
                    then '"Lots may be sent apart for other reasons, such as stock, size or a back order."'
                else '"Goods on one conveyance may be entered apart where 19 CFR 141.52 lets them."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        '"way": "' || way || '"' as attributes
    from crossings

)

select * from described
