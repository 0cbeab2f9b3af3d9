-- One person as written whose name and address are looked at, with what kind of party it is.
-- grain: alias_id
-- by: alias_id
-- In a pruned run nobody is, unless a place is an innocent explanation of what such a run tests.

with
chosen as (select * from int_resolution__scoped),

parties as (select * from parties),

aliases as (select * from int_aliases__joined_to_identities),

benign as (
    select * from ref_benign_splits
    where benign = 'known_place'
),

typologies as (
    select * from ref_typologies
    where regime = $regime and not needs_everybody
),

asked as (

    select chosen.resolve
    from chosen
    where chosen.resolve = 'all'
    union
    select chosen.resolve
    from chosen
    cross join benign
    inner join typologies on benign.typology = typologies.typology

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
        aliases.party_class
    from parties
    cross join asked
    left join aliases on parties.alias_id = aliases.alias_id

)

select * from looked_at
