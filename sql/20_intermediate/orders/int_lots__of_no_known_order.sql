-- One shipment without an order number that came in under the exemption, beside others of its person and seller.
-- grain: shipment_uid
-- by: identity_id
-- follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode

with
numberless as not materialized (

    select * from int_shipments__keyed_to_sellers
    where not has_order_number and $missing_order_id = 'infer'

),

shipments as (select * from int_shipments__matched_to_rules),

conditions as (select * from int_conditions__matched_to_rules),

bars as (

    select * from conditions
    where grouping_key = 'order' and provision = 'separate_lots_bar'

),

-- one lot is no split, and nearly all have one
several as (

    select
        identity_id,
        seller_key
    from numberless
    group by identity_id, seller_key
    having count(*) >= $min_pieces

),

free as (

    select
        numberless.shipment_uid,
        numberless.identity_id,
        numberless.seller_key,
        serial_stem(numberless.shipment_id) as serial_stem,
        serial_no(numberless.shipment_id) as serial_no,
        shipments.arrival_date,
        shipments.pool,
        shipments.amount,
        shipments.value_usd,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.coverage = 'known' as is_certain,
        bars.rule_id,
        bars.legal_basis
    from numberless
    inner join several on
        numberless.identity_id = several.identity_id
        and numberless.seller_key = several.seller_key
    inner join shipments on numberless.shipment_uid = shipments.shipment_uid
    inner join bars on
        shipments.arrival_date = bars.arrival_date
        and shipments.pool = bars.pool
        and shipments.origin_country is not distinct from bars.origin_country
        and shipments.mode is not distinct from bars.mode
    where
        shipments.exemption_claimed
        and shipments.is_available
        and not shipments.is_oversize
        and shipments.arrival_date between $from_date and $to_date
    qualify row_number() over (
            partition by shipments.shipment_uid
            order by shipments.limit_amount desc, bars.rule_id asc
        ) = 1

),

groups as (

    select
        identity_id,
        seller_key,
        pool,
        limit_currency
    from free
    group by identity_id, seller_key, pool, limit_currency
    having count(*) >= $min_pieces and sum(amount) > min(limit_amount)

),

lots as (

    select free.*
    from free
    inner join groups on
        free.identity_id = groups.identity_id
        and free.seller_key = groups.seller_key
        and free.pool = groups.pool
        and free.limit_currency = groups.limit_currency

)

select * from lots
