-- One lot of an order that was brought in under the exemption, each within its limit alone.
-- grain: shipment_uid

with
orders as (select * from int_shipments__keyed_to_orders),

shipments as (select * from int_shipments__matched_to_rules),

conditions as (select * from int_conditions__matched_to_rules),

bars as (

    select * from conditions
    where grouping_key = 'order' and kind = 'lots_bar'

),

lots as (

    select
        orders.order_key,
        orders.has_issuer,
        orders.is_persons_own,
        orders.written_number,
        shipments.shipment_uid,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.pool,
        shipments.amount,
        shipments.value_usd,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.coverage = 'known' as is_certain,
        bars.rule_id,
        bars.legal_basis
    from orders
    inner join shipments on orders.shipment_uid = shipments.shipment_uid
    inner join bars on
        shipments.arrival_date = bars.arrival_date
        and shipments.pool = bars.pool
        and shipments.origin_country is not distinct from bars.origin_country
        and shipments.mode is not distinct from bars.mode
    where shipments.exemption_claimed and shipments.is_available and not shipments.is_oversize
    qualify row_number() over (
            partition by shipments.shipment_uid
            order by shipments.limit_amount desc, bars.rule_id asc
        ) = 1

)

select * from lots
