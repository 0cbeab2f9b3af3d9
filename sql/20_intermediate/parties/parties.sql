-- One distinct person as written, the consignee or the owner in his place: what the resolver is given.
-- grain: alias_id
-- by: alias_id

with
shipments as (select * from int_shipments__rolled_up_from_lines),

persons as (

    select
        alias_id,
        coalesce(owner_name, consignee_name) as person_name,
        consignee_address,
        consignee_address2,
        consignee_city,
        consignee_state,
        consignee_postal_code,
        consignee_country,
        case when person_role = 'consignee' then consignee_phone else owner_phone end as phone,
        case when person_role = 'consignee' then consignee_email else owner_email end as email,
        case when person_role = 'consignee' then consignee_tax_id_hash else owner_tax_id_hash end as tax_id_hash,
        case when person_role = 'consignee' then consignee_tax_id_deletions end as tax_id_deletions,
        case when person_role = 'consignee' then consignee_tax_id_last2 else owner_tax_id_last2 end as tax_id_last2,
        case when person_role = 'consignee' then consignee_id else owner_id end as account_id,
        case when person_role = 'consignee' then consignee_id_issuer else owner_id_issuer end as account_id_issuer,
        arrival_date
    from shipments

),

distinct_parties as (

    select
        alias_id,
        any_value(person_name) as consignee_name,
        any_value(consignee_address) as consignee_address,
        any_value(consignee_address2) as consignee_address2,
        any_value(consignee_city) as consignee_city,
        any_value(consignee_state) as consignee_state,
        any_value(consignee_postal_code) as consignee_postal_code,
        any_value(consignee_country) as consignee_country,
        any_value(phone) as consignee_phone,
        any_value(email) as consignee_email,
        any_value(tax_id_hash) as consignee_tax_id_hash,
        any_value(tax_id_deletions) as consignee_tax_id_deletions,
        any_value(tax_id_last2) as consignee_tax_id_last2,
        any_value(account_id) as consignee_id,
        any_value(account_id_issuer) as consignee_id_issuer,
        count(*) as shipments,
        min(arrival_date) as first_day,
        max(arrival_date) as last_day
    from persons
    group by alias_id

)

select * from distinct_parties
