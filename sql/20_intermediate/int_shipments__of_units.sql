-- One shipment and a party or a route it belongs to, with its value beside the limit of its day.
-- grain: unit_kind, shipment_uid

with
matched as (select * from int_shipments__matched_to_rules),

shipments as (select * from int_shipments__rolled_up_from_lines),

answers as (

    select * from matched
    where limit_amount is not null and pool = 'standard' and arrival_date between $from_date and $to_date
    qualify row_number() over (partition by shipment_uid order by limit_amount desc, coverage asc) = 1

),

named as (

    select
        answers.shipment_uid,
        answers.arrival_date,
        answers.amount,
        answers.value_usd,
        answers.limit_amount,
        answers.limit_currency,
        answers.exemption_claimed and answers.is_available as is_free,
        answers.coverage = 'known' as is_certain,
        coalesce(answers.identity_id, answers.alias_id) as buyer,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name, shipments.shipper_name))) as seller,
        upper(trim(shipments.filer_code)) as filer,
        upper(trim(shipments.carrier_code)) as carrier,
        case
            when shipments.origin_country is not null and shipments.port_of_entry is not null
                then upper(trim(shipments.origin_country)) || ' to ' || upper(trim(shipments.port_of_entry))
        end as route
    from answers
    inner join shipments on answers.shipment_uid = shipments.shipment_uid

),

united as (

    select
        'all' as unit_kind,
        'all shipments' as unit,
        named.*
    from named
    union all
    select
        'seller' as unit_kind,
        seller as unit,
        named.*
    from named
    where seller is not null
    union all
    select
        'filer' as unit_kind,
        filer as unit,
        named.*
    from named
    where filer is not null
    union all
    select
        'carrier' as unit_kind,
        carrier as unit,
        named.*
    from named
    where carrier is not null
    union all
    select
        'route' as unit_kind,
        route as unit,
        named.*
    from named
    where route is not null

),

units as (

    select
        unit_kind,
        unit,
        shipment_uid,
        arrival_date,
        amount,
        value_usd,
        limit_amount,
        limit_currency,
        is_free,
        is_certain,
        case when unit_kind = 'seller' then buyer else seller end as source
    from united

)

select * from units
