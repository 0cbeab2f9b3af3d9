-- One distinct consignee as written: what the resolver is given.
-- grain: alias_id

with
shipments as (select * from int_shipments__rolled_up_from_lines),

distinct_parties as (

    select
        alias_id,
        any_value(consignee_name) as consignee_name,
        any_value(consignee_address) as consignee_address,
        any_value(consignee_address2) as consignee_address2,
        any_value(consignee_city) as consignee_city,
        any_value(consignee_state) as consignee_state,
        any_value(consignee_postal_code) as consignee_postal_code,
        any_value(consignee_country) as consignee_country,
        any_value(consignee_phone) as consignee_phone,
        any_value(consignee_email) as consignee_email,
        any_value(consignee_tax_id_hash) as consignee_tax_id_hash,
        any_value(consignee_tax_id_deletions) as consignee_tax_id_deletions,
        any_value(consignee_tax_id_last2) as consignee_tax_id_last2,
        any_value(consignee_id) as consignee_id,
        any_value(consignee_id_issuer) as consignee_id_issuer,
        count(*) as shipments,
        min(arrival_date) as first_day,
        max(arrival_date) as last_day
    from shipments
    group by alias_id

)

select * from distinct_parties
