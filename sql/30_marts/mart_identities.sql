-- One identity, as it is shown.
-- grain: identity_id
-- by: identity_id

with
aliases as (select * from mart_aliases),

health as (select * from identity_health),

members as (

    select
        aliases.*,
        concat_ws(
            ', ', consignee_address, consignee_address2, consignee_city, consignee_state, consignee_postal_code
        ) as full_address
    from aliases
    where identity_id is not null

),

name_counts as (

    select
        identity_id,
        consignee_name,
        sum(shipments) as shipments
    from members
    where consignee_name is not null
    group by identity_id, consignee_name

),

names as (

    select * from name_counts
    qualify row_number() over (partition by identity_id order by shipments desc, consignee_name asc) = 1

),

address_counts as (

    select
        identity_id,
        full_address,
        sum(shipments) as shipments
    from members
    where full_address <> ''
    group by identity_id, full_address

),

addresses as (

    select * from address_counts
    qualify row_number() over (partition by identity_id order by shipments desc, full_address asc) = 1

),

identities as (

    select
        members.identity_id,
        min(members.party_class) as party_class,
        count(*) as aliases,
        cast(sum(members.shipments) as bigint) as shipments,
        min(members.first_day) as first_day,
        max(members.last_day) as last_day
    from members
    group by members.identity_id

),

named as (

    select
        identities.identity_id,
        names.consignee_name as display_name,
        addresses.full_address as display_address,
        identities.party_class,
        identities.aliases,
        identities.shipments,
        identities.first_day,
        identities.last_day,
        health.cohesion,
        health.weakest_link,
        health.bridges,
        health.survives_to_threshold,
        health.joins_at_threshold
    from identities
    inner join health on identities.identity_id = health.identity_id
    left join names on identities.identity_id = names.identity_id
    left join addresses on identities.identity_id = addresses.identity_id

)

select * from named
