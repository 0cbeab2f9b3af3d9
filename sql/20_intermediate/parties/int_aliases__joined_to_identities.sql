-- One spelling of a consignee and the identity it belongs to; no identity where it is blank or a placeholder.
-- grain: alias_id
-- by: alias_id

with
party_keys as (select * from party_keys),

members as (select * from identity_members),

joined as (

    select
        party_keys.alias_id,
        members.identity_id,
        party_keys.party_class
    from party_keys
    left join members on party_keys.alias_id = members.alias_id

)

select * from joined
