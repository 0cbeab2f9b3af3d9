-- One current shipment with what decides its limit: pool, mode, claim, kind of entry, and who it was for.
-- grain: shipment_uid

with
shipments as (select * from int_shipments__rolled_up_from_lines),

aliases as (select * from int_aliases__joined_to_identities),

entry_types as (select * from ref_entry_types),

typed as (

    select
        shipments.shipment_uid,
        shipments.shipment_id,
        shipments.alias_id,
        aliases.identity_id,
        shipments.arrival_date,
        shipments.origin_country,
        coalesce(entry_types.implied_mode, shipments.mode) as mode,
        case when shipments.is_gift then 'gift' else coalesce(entry_types.pool, 'standard') end as pool,
        coalesce(
            shipments.exemption_claimed_declared,
            case when shipments.entry_type is not null then coalesce(entry_types.claims_exemption, false) end
        ) as claim,
        case
            when shipments.exemption_claimed_declared is not null then 'declared'
            when shipments.entry_type is not null then 'entry_type'
            else 'assumed'
        end as exemption_basis,
        case when shipments.entry_type is not null then coalesce(entry_types.is_informal, false) end as is_informal,
        shipments.declared_value,
        shipments.currency,
        shipments.value_usd,
        shipments.conveyance_id
    from shipments
    left join aliases on shipments.alias_id = aliases.alias_id
    left join entry_types on
        entry_types.regime = $regime
        and lower(shipments.entry_type) = lower(entry_types.entry_type)
        and shipments.arrival_date >= entry_types.valid_from
        and shipments.arrival_date < coalesce(entry_types.valid_to, date '9999-12-31')

)

select * from typed
