-- One shipment with its value beside the limit of its day, and the parties and the route it went by.
-- grain: shipment_uid
-- by: shipment_uid

with
matched as (select * from int_shipments__matched_to_rules),

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
        upper(trim(coalesce(answers.seller_id, answers.seller_name, answers.shipper_name))) as seller,
        upper(trim(answers.filer_code)) as filer,
        upper(trim(answers.carrier_code)) as carrier,
        case
            when answers.written_origin_country is not null and answers.port_of_entry is not null
                then upper(trim(answers.written_origin_country)) || ' to ' || upper(trim(answers.port_of_entry))
        end as route
    from answers

)

select * from named
