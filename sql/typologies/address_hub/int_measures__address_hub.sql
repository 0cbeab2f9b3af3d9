-- One address_hub flag in words and figures.
-- grain: flag_id

with
members as (select * from int_members__address_hub),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(hub_names) as hub_names,
        min(place_kind) as place_kind,
        count(*) filter (where is_owner_named) as owned_count,
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
        'address_hub' as typology,
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
        0.2 * (1 - 1 / cast(hub_names as double)) as size,
        cast(hub_names as varchar) || ' consignees got ' || cast(shipments as varchar)
        || case when is_entered then ' shipments on informal entries' else ' shipments under the exemption' end
        || ' at one address in one week, and no unit tells them apart.' as reason,
        concat_ws(
            ', ',
            case
                when place_kind is not null then '"The address is listed as ' || replace(place_kind, '_', ' ') || '."'
            end,
            case
                when owned_count > 0
                    then
                        '"' || cast(owned_count as varchar)
                        || ' of the shipments name an owner in care of whom they are: the owner is the person."'
            end,
            '"Address equality alone is never identity."'
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"names": ' || cast(hub_names as varchar),
            '"place": "' || coalesce(place_kind, 'not listed') || '"'
        ) as attributes
    from summed

)

select * from described
