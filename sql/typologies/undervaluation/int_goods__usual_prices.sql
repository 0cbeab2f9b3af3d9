-- One seller and kind of goods: the usual price, weight and number of pieces, how far prices stray.
-- grain: seller, goods

with
priced as (select * from int_goods__priced),

-- of n in order, the middle one or both middle ones are those whose double place is n, n + 1 or n + 2
ordered as (

    select
        priced.*,
        row_number() over (partition by seller, goods order by unit_usd, shipment_uid) as price_place,
        row_number() over (partition by seller, goods order by unit_kg, shipment_uid) as weight_place,
        row_number() over (partition by seller, goods order by quantity, shipment_uid) as quantity_place,
        count(unit_kg) over (partition by seller, goods) as weighed
    from priced

),

middles as (

    select
        seller,
        goods,
        max(peers) as peers,
        avg(case when price_place + price_place between peers and peers + 1 + 1 then unit_usd end) as usual_usd,
        avg(case when weight_place + weight_place between weighed and weighed + 1 + 1 then unit_kg end) as usual_kg,
        avg(
            case when quantity_place + quantity_place between peers and peers + 1 + 1 then quantity end
        ) as usual_quantity
    from ordered
    group by seller, goods

),

strayed as (

    select
        priced.seller,
        priced.goods,
        priced.peers,
        abs(priced.unit_usd - middles.usual_usd) as deviation,
        row_number() over (
            partition by priced.seller, priced.goods
            order by abs(priced.unit_usd - middles.usual_usd), priced.shipment_uid
        ) as place
    from priced
    inner join middles on priced.seller = middles.seller and priced.goods = middles.goods

),

spreads as (

    select
        seller,
        goods,
        avg(case when place + place between peers and peers + 1 + 1 then deviation end) as spread_usd,
        min(case when place >= cast($steady_part as double) * peers then deviation end) as steady_usd
    from strayed
    group by seller, goods

),

usual as (

    select
        middles.seller,
        middles.goods,
        middles.peers,
        cast(middles.usual_usd as decimal(18, 4)) as usual_usd,
        cast(middles.usual_kg as decimal(18, 4)) as usual_kg,
        cast(middles.usual_quantity as decimal(18, 4)) as usual_quantity,
        cast(spreads.spread_usd as decimal(18, 4)) as spread_usd,
        cast(spreads.steady_usd as decimal(18, 4)) as steady_usd
    from middles
    inner join spreads on middles.seller = spreads.seller and middles.goods = spreads.goods

)

select * from usual
