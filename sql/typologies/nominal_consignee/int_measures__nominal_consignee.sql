-- One nominal_consignee flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__nominal_consignee),

summed as (

    select
        flag_id,
        min(subject) as subject,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(name_kind) as name_kind,
        min(name_words) as name_words,
        count(*) filter (where has_order) as ordered_count,
        bool_or(is_entered) as is_entered,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'nominal_consignee' as typology,
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
        case when is_entered then 'Informal entries are filed for ' else 'The exemption is claimed for ' end
        || cast(shipments as varchar) || ' shipments whose consignee is by its name a '
        || name_kind || ' ("' || name_words || '"), and no buyer or owner is given.' as reason,
        concat_ws(
            ', ',
            case
                when ordered_count > 0
                    then
                        '"' || cast(ordered_count as varchar)
                        || ' of them carry an order number: somebody bought these, and may be named elsewhere."'
            end,
            '"What a firm does is read from its name."'
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"kind_of_consignee": "' || name_kind || '"'
        ) as attributes
    from summed

)

select * from described
