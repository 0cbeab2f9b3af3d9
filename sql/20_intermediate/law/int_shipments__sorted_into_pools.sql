-- One current shipment with what decides its limit: pool, mode, claim, kind of entry and value.
-- grain: shipment_uid
-- by: shipment_uid
-- shown: its answers are worked out once, where a shipment meets the rule of its day

with
shipments as (
    select
        * exclude (origin_country, mode),
        origin_country as written_origin_country,
        mode as written_mode,
        $regime as regime
    from int_shipments__rolled_up_from_lines
),

entry_types as (select * from ref_entry_types),

regimes as (select * from ref_regimes),

territories as (
    select * from ref_territories
    where not is_inside
),

typed as (

    select
        shipments.*,
        case
            when regimes.origin_basis = 'export_country'
                then coalesce(shipments.export_country, shipments.shipper_country)
            -- a gift's limit goes by where its giver sends it from (19 USC 1321(a)(2)(A))
            when shipments.is_gift and $gifts = 'separate'
                then
                    coalesce(
                        shipments.export_country, shipments.shipper_country, shipments.written_origin_country
                    )
            else shipments.written_origin_country
        end as origin_country,
        -- what a shop sends by a carrier accompanies nobody (19 USC 1321(a)(2)(B))
        case
            when
                entry_types.pool = 'personal'
                and shipments.written_mode <> entry_types.implied_mode
                and coalesce(shipments.seller_id, shipments.seller_name, shipments.marketplace) is not null
                then shipments.written_mode
            else coalesce(entry_types.implied_mode, shipments.written_mode)
        end as mode,
        case
            when shipments.is_gift then 'gift'
            when
                entry_types.pool = 'personal'
                and shipments.written_mode <> entry_types.implied_mode
                and coalesce(shipments.seller_id, shipments.seller_name, shipments.marketplace) is not null
                then 'standard'
            else coalesce(entry_types.pool, 'standard')
        end as pool,
        coalesce(
            shipments.exemption_claimed_declared,
            case
                when shipments.entry_type is null then null
                when shipments.is_gift
                    then coalesce(entry_types.claims_gift_exemption, entry_types.claims_exemption, false)
                else coalesce(entry_types.claims_exemption, false)
            end
        ) as claim,
        case
            when shipments.exemption_claimed_declared is not null then 'declared'
            when shipments.entry_type is not null then 'entry_type'
            else 'assumed'
        end as exemption_basis,
        case when shipments.entry_type is not null then coalesce(entry_types.is_informal, false) end as is_informal,
        case
            when coalesce(nullif($value_basis, 'regime'), regimes.value_basis, 'retail') <> 'transaction' then 'retail'
            when shipments.is_customs_value_proxy then 'proxy'
            else 'transaction'
        end as value_basis,
        countries.place is null and states.place is null as is_import
    from shipments
    left join entry_types on
        entry_types.regime = $regime
        and lower(shipments.entry_type) = lower(entry_types.entry_type)
        and shipments.arrival_date >= entry_types.valid_from
        and shipments.arrival_date < coalesce(entry_types.valid_to, date '9999-12-31')
    left join regimes on
        shipments.regime = regimes.regime
        and shipments.arrival_date >= regimes.valid_from
        and shipments.arrival_date < coalesce(regimes.valid_to, date '9999-12-31')
    left join territories as countries on
        countries.regime = $regime
        and shipments.consignee_country = countries.place
        and shipments.arrival_date >= countries.valid_from
        and shipments.arrival_date < coalesce(countries.valid_to, date '9999-12-31')
    left join territories as states on
        states.regime = $regime
        and shipments.consignee_country = upper($regime)
        and upper(trim(shipments.consignee_state)) = states.place
        and shipments.arrival_date >= states.valid_from
        and shipments.arrival_date < coalesce(states.valid_to, date '9999-12-31')

),

-- what is compared with a limit: the value as the regime means it, or as the run was told to take it
valued as (

    select
        typed.*,
        case when value_basis = 'transaction' then customs_value else declared_value end as tested_value,
        case when value_basis = 'transaction' then customs_value_usd else value_usd end as tested_usd
    from typed

)

select * from valued
