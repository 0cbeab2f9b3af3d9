-- One shipment of an informal entry that is over the limit of informal entry by itself.
-- grain: flag_id, shipment_uid

with
shipments as (
    select * from int_shipments__beside_entry_limits
    where is_informal
),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'over_informal_limit'
),

-- one answer a shipment, whatever its limit adds up; rows of one entry number are one entry
entries as (

    select
        shipments.shipment_uid,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.amount,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.is_certain,
        shipments.is_customs_value_proxy,
        shipments.mode = 'mail' as is_mail,
        shipments.rule_id,
        typologies.source as legal_basis,
        coalesce(
            'entry ' || shipments.filer || ' ' || shipments.entry_number,
            'entry ' || shipments.entry_number,
            'shipment ' || shipments.shipment_uid
        ) || ', over the informal limit' as subject
    from shipments
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.is_first_limit

),

over_limit as (

    select
        subject,
        limit_currency,
        cast(sum(amount) as decimal(18, 2)) as entry_amount,
        min(rule_id) as first_rule_id
    from entries
    group by subject, limit_currency
    having case when $boundary = 'at' then sum(amount) >= max(limit_amount) else sum(amount) > max(limit_amount) end

),

members as (

    select
        flag_id($regime, 'over_informal_limit', entries.subject, over_limit.first_rule_id, $id_digits) as flag_id,
        entries.*,
        over_limit.entry_amount,
        over_limit.first_rule_id
    from entries
    inner join over_limit on
        entries.subject = over_limit.subject
        and entries.limit_currency = over_limit.limit_currency

)

select * from members
