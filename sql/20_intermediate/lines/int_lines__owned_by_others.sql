-- One line whose owner is another than its consignee, with what is known of the owner.
-- grain: landed_id

with
lines as (select * from stg_shipment_lines),

owners as (select * from named_owners),

owned as (

    select
        lines.landed_id,
        lines.consignee_phone,
        lines.consignee_email,
        lines.consignee_id_issuer || $field_separator || lines.consignee_id as account,
        lines.consignee_id,
        lines.consignee_id_issuer,
        owners.owner_role,
        owners.owner_name,
        case when owners.is_importer then lines.importer_id_hash end as owner_tax_id_hash,
        case when owners.is_importer then lines.importer_id_last2 end as owner_tax_id_last2,
        case when owners.is_seller then lines.seller_id end as seller_account,
        coalesce(lines.marketplace, 'sellers') as seller_account_issuer
    from lines
    inner join owners on
        lines.consignee_name is not distinct from owners.consignee_name
        and lines.buyer_name is not distinct from owners.buyer_name
        and lines.importer_name is not distinct from owners.importer_name
        and lines.seller_name is not distinct from owners.seller_name
        and (lines.order_id is not null) = owners.is_ordered

),

named as (

    select
        lines.consignee_phone,
        lines.consignee_email,
        lines.consignee_id_issuer || $field_separator || lines.consignee_id as account,
        lower(trim(coalesce(owned.owner_name, lines.consignee_name, ''))) as person
    from lines
    left join owned on lines.landed_id = owned.landed_id

),

phones as (select distinct consignee_phone from owned),

emails as (select distinct consignee_email from owned),

accounts as (select distinct account from owned),

-- whose a number is shows where it is used: with one name only it is the owner's, with several the consignee's
used as (

    select
        'phone' as kind,
        named.consignee_phone as contact,
        named.person
    from named
    inner join phones on named.consignee_phone = phones.consignee_phone
    union all
    select
        'email' as kind,
        named.consignee_email as contact,
        named.person
    from named
    inner join emails on named.consignee_email = emails.consignee_email
    union all
    select
        'account' as kind,
        named.account as contact,
        named.person
    from named
    inner join accounts on named.account = accounts.account

),

own as (

    select
        kind,
        contact
    from used
    group by kind, contact
    having min(person) = max(person)

),

known as (

    select
        owned.landed_id,
        owned.owner_role,
        owned.owner_name,
        owned.owner_tax_id_hash,
        owned.owner_tax_id_last2,
        own_phones.contact as owner_phone,
        own_emails.contact as owner_email,
        case
            when owned.seller_account is not null then owned.seller_account
            when own_accounts.contact is not null then owned.consignee_id
        end as owner_id,
        case
            when owned.seller_account is not null then owned.seller_account_issuer
            when own_accounts.contact is not null then owned.consignee_id_issuer
        end as owner_id_issuer
    from owned
    left join own as own_phones on own_phones.kind = 'phone' and owned.consignee_phone = own_phones.contact
    left join own as own_emails on own_emails.kind = 'email' and owned.consignee_email = own_emails.contact
    left join own as own_accounts on own_accounts.kind = 'account' and owned.account = own_accounts.contact

)

select * from known
