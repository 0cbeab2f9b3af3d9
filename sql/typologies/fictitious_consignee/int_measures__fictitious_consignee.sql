-- One fictitious_consignee flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__fictitious_consignee),

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
        min(signs) as signs,
        max(sign_count) as sign_count,
        max(shipments_of_party) as shipments_of_party,
        count(*) filter (where is_claimed) as claimed_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

described as (

    select
        flag_id,
        $regime as regime,
        'fictitious_consignee' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when sign_count > 1 then 'inferred' else 'supporting' end as strength,
        cast(shipments as double) / cast(shipments_of_party as double)
        * case when signs = 'zip_state' then 0.25 else 1 end as size,
        'The consignee of ' || cast(shipments as varchar)
        || case when shipments = 1 then ' shipment' else ' shipments' end
        || ' may not be a person or a place: ' || concat_ws(
            '; ',
            case when '+' || signs || '+' like '%+nobody+%' then 'the name stands for nobody' end,
            case when '+' || signs || '+' like '%+cartoon+%' then 'it is the name of a cartoon figure' end,
            case when '+' || signs || '+' like '%+comic+%' then 'it is the name of a comic figure' end,
            case when '+' || signs || '+' like '%+story+%' then 'it is the name of a figure in a story' end,
            case when '+' || signs || '+' like '%+stand-in+%' then 'the name is a stand-in' end,
            case when '+' || signs || '+' like '%+keys+%' then 'the name is a row of keys' end,
            case when '+' || signs || '+' like '%+one_letter+%' then 'the name is one letter over and over' end,
            case when '+' || signs || '+' like '%+digits+%' then 'the name is mostly digits' end,
            case when '+' || signs || '+' like '%+no_address+%' then 'the address holds no word' end,
            case when '+' || signs || '+' like '%+no_such_zip+%' then 'no ZIP code begins so' end,
            case when '+' || signs || '+' like '%+zip_state+%' then 'such ZIP codes are in another state' end
        ) || '.' as reason,
        concat_ws(
            ', ',
            case
                when shipments < shipments_of_party
                    then
                        '"' || cast(shipments_of_party - shipments as varchar)
                        || ' other shipments of the same consignee are written without this: it may be a slip."'
            end,
            case when sign_count = 1 then '"It is one sign alone."' end,
            case
                when claimed_count < shipments
                    then
                        '"For ' || cast(shipments - claimed_count as varchar)
                        || ' of them no exemption is claimed; who the person is matters less there."'
            end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"signs": "' || signs || '"'
        ) as attributes
    from summed

)

select * from described
