-- One person as written whose name and address are looked at, with what kind of party it is.
-- grain: alias_id
-- In a pruned run only those of whom some days, orders, entries or consignments are over a limit: nobody else is asked.

with
chosen as (select * from int_resolution__chosen),

parties as (select * from parties),

party_keys as (select * from party_keys),

shipments as (select * from int_shipments__rolled_up_from_lines),

over_limits as (

    select shipment_uid from int_members__daily_limit
    union
    select shipment_uid from int_members__order_split
    union
    select shipment_uid from int_members__informal_entry_split
    union
    select shipment_uid from int_members__consignment_split

),

asked as (

    select distinct shipments.alias_id
    from shipments
    inner join over_limits on shipments.shipment_uid = over_limits.shipment_uid
    inner join chosen on chosen.resolve = 'hot'
    union
    select party_keys.alias_id
    from party_keys
    inner join chosen on chosen.resolve = 'all'

),

looked_at as (

    select
        parties.alias_id,
        parties.consignee_name,
        parties.consignee_address,
        parties.consignee_address2,
        parties.consignee_city,
        parties.consignee_state,
        parties.consignee_postal_code,
        parties.consignee_country,
        party_keys.party_class
    from parties
    inner join party_keys on parties.alias_id = party_keys.alias_id
    inner join asked on parties.alias_id = asked.alias_id

)

select * from looked_at
