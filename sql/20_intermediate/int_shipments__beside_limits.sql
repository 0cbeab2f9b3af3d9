-- One shipment with its value beside the limit of its day, and the parties and the route it went by.
-- grain: shipment_uid

with
matched as (select * from int_shipments__matched_to_rules),

shipments as (select * from int_shipments__rolled_up_from_lines),

eligible as not materialized (

    select * from matched
    where limit_amount is not null and pool = 'standard' and arrival_date between $from_date and $to_date

),

-- the sure answer, or of two the one with the higher limit
unsure as (

    select * from eligible
    where coverage like 'if %'
    qualify row_number() over (partition by shipment_uid order by limit_amount desc, coverage asc) = 1

),

answers as (

    select * from eligible
    where coverage not like 'if %'
    union all
    select * from unsure

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

)

select * from named
