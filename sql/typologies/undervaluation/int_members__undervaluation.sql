-- One shipment far below the usual price of the same goods of the same seller, at the same weight.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

priced as (select * from int_goods__priced),

prices as (select * from int_goods__usual_prices),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'undervaluation'
),

compared as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.is_claimed and shipments.is_available and not shipments.is_oversize as is_free,
        shipments.limit_amount,
        priced.unit_kg,
        prices.peers,
        prices.usual_usd,
        cast(prices.usual_usd * shipments.quantity as decimal(18, 2)) as usual_value_usd,
        typologies.rule_id,
        typologies.source as legal_basis,
        'seller ' || priced.seller || ', ' || priced.goods || ', week of ' || cast(shipments.week_start as varchar)
            as subject
    from shipments
    inner join priced on shipments.shipment_uid = priced.shipment_uid
    inner join prices on priced.seller = prices.seller and priced.goods = prices.goods
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        prices.steady_usd <= cast($steady_share as decimal(18, 4)) * prices.usual_usd
        and priced.unit_usd < cast($low_price_share as double) * cast(prices.usual_usd as double)
        and priced.unit_usd < cast(prices.usual_usd as double) - $price_spread * cast(prices.spread_usd as double)
        and priced.quantity <= $most_of_usual_quantity * cast(prices.usual_quantity as double)
        and coalesce(priced.unit_kg >= cast($same_weight_share as double) * cast(prices.usual_kg as double), true)

),

fitted as (

    select
        compared.*,
        is_free and usual_value_usd > limit_amount as is_fitted
    from compared

),

members as (

    select
        flag_id($regime, 'undervaluation', subject, rule_id, $id_digits) as flag_id,
        fitted.*
    from fitted

)

select * from members
