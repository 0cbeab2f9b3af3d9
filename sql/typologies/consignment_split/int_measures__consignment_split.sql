-- One consignment_split flag in words and figures.
-- grain: flag_id

with
crossings as (select * from int_crossings__consignment_split),

described as (

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
        cast(shipments as varchar)
        || case way
            when 'consignment' then ' pieces under one transport document for one person'
            when 'sender_conveyance' then ' pieces from one sender for one person on one conveyance'
            when 'conveyance_consignee' then ' pieces for one consignee on one conveyance'
            else ' pieces that one person bought from one seller on one day'
        end
        || ' came in under the relief, each within the limit of ' || limit_currency || ' '
        || cast(limit_amount as varchar) || ' and together worth ' || cast(total_amount as varchar) || '.' as reason,
        concat_ws(
            ', ',
            case
                when not is_unit_known
                    then '"The conveyance is not known; what arrived on one day is taken to have come together."'
            end,
            case
                when is_unverified
                    then '"The rule is told from memory or from practice; no official text of it was seen."'
            end,
            case when not is_certain then '"Origin or mode is not known for some pieces."' end,
            case
                when order_count > 1
                    then '"The pieces belong to ' || cast(order_count as varchar) || ' different orders."'
            end,
            '"Pieces may be consigned apart for other reasons, such as stock, size or a back order."'
        ) as counter_reasons,
        rule_id,
        legal_basis,
        '"way": "' || way || '"' as attributes
    from crossings

)

select * from described
