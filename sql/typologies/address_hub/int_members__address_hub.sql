-- One shipment to an address that many consignees of a week share, not told apart by a unit.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

traits as (select * from party_traits),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'address_hub'
),

-- an address with few writings in all is no hub in any week
crowded as (

    select place_key
    from traits
    where place_key is not null
    group by place_key
    having count(*) >= $min_hub_names

),

placed as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.week_start,
        shipments.entry_route <> 'exemption' as is_entered,
        traits.place_key,
        coalesce(traits.unit_key, '') as unit_key,
        case
            when
                shipments.arrival_date >= traits.place_from
                and shipments.arrival_date < coalesce(traits.place_to, date '9999-12-31')
                then traits.place_kind
        end as place_kind,
        traits.is_owner_named,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    inner join traits on shipments.alias_id = traits.alias_id
    inner join crowded on traits.place_key = crowded.place_key
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.entry_route in ('exemption', 'informal') and shipments.identity_id is not null

),

names as (

    select distinct
        place_key,
        week_start,
        is_entered,
        rule_id,
        unit_key,
        identity_id
    from placed

),

units as (

    select
        place_key,
        week_start,
        is_entered,
        rule_id,
        unit_key,
        count(*) as unit_names
    from names
    group by place_key, week_start, is_entered, rule_id, unit_key

),

-- who has a unit alone is told apart from the rest
shared as (

    select
        names.place_key,
        names.week_start,
        names.is_entered,
        names.rule_id,
        count(distinct names.identity_id) as hub_names
    from names
    inner join units on
        names.place_key = units.place_key
        and names.week_start = units.week_start
        and names.is_entered = units.is_entered
        and names.rule_id = units.rule_id
        and names.unit_key = units.unit_key
    where names.unit_key = '' or units.unit_names > 1
    group by names.place_key, names.week_start, names.is_entered, names.rule_id
    having count(distinct names.identity_id) >= $min_hub_names

),

hubs as (

    select
        placed.*,
        shared.hub_names,
        'address ' || placed.place_key || ', week of ' || cast(placed.week_start as varchar)
        || case when placed.is_entered then ', entries' else '' end as subject
    from placed
    inner join shared on
        placed.place_key = shared.place_key
        and placed.week_start = shared.week_start
        and placed.is_entered = shared.is_entered
        and placed.rule_id = shared.rule_id
    inner join units on
        placed.place_key = units.place_key
        and placed.week_start = units.week_start
        and placed.is_entered = units.is_entered
        and placed.rule_id = units.rule_id
        and placed.unit_key = units.unit_key
    where placed.unit_key = '' or units.unit_names > 1

),

members as (

    select
        flag_id($regime, 'address_hub', subject, rule_id, $id_digits) as flag_id,
        hubs.*
    from hubs

)

select * from members
