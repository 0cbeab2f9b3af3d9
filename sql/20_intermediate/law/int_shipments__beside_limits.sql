-- One shipment with its value beside a limit of its day: that of the exemption, or that of an informal entry.
-- grain: shipment_uid, limit_kind
-- by: shipment_uid

with
matched as (select * from int_shipments__matched_to_rules),

entered as (select * from int_shipments__beside_entry_limits),

-- the sure answer, or of two the one with the higher limit
answers as (

    select * from matched
    where is_highest and limit_amount is not null and arrival_date between $from_date and $to_date

),

exempted as (

    select
        shipment_uid,
        'exemption' as limit_kind,
        pool,
        identity_id,
        alias_id,
        arrival_date,
        amount,
        value_usd,
        limit_amount,
        limit_currency,
        coalesce(exemption_claimed and is_available and not is_oversize, false) as is_free,
        coverage = 'known' as is_certain,
        cast(null as varchar) as entry_basis,
        upper(trim(coalesce(seller_id, seller_name, shipper_name))) as seller,
        upper(trim(filer_code)) as filer,
        upper(trim(carrier_code)) as carrier,
        case
            when written_origin_country is not null and port_of_entry is not null
                then upper(trim(written_origin_country)) || ' to ' || upper(trim(port_of_entry))
        end as route
    from answers

),

informal as (

    select
        shipment_uid,
        'informal entry' as limit_kind,
        'informal entry' as pool,
        identity_id,
        alias_id,
        arrival_date,
        amount,
        value_usd,
        limit_amount,
        limit_currency,
        is_informal and amount <= limit_amount as is_free,
        is_certain,
        legal_basis as entry_basis,
        seller,
        filer,
        carrier,
        route
    from entered
    where is_informal is not null and is_first_limit

),

united as (

    select * from exempted
    union all
    select * from informal

),

named as (

    select
        united.*,
        coalesce(identity_id, alias_id) as buyer
    from united

)

select * from named
