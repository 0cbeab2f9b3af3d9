-- One shipment of goods that a seller sends often enough to have a usual price, with its price and weight a piece.
-- grain: shipment_uid

with
shipments as (select * from int_shipments__described),

priced as (

    select
        shipment_uid,
        seller,
        coalesce('product ' || upper(trim(product_id)), 'goods ' || lower(trim(description)) || ', ' || hts_chapter)
            as goods,
        cast(quantity as double) as quantity,
        cast(value_usd as double) / cast(quantity as double) as unit_usd,
        cast(weight_kg as double) / cast(quantity as double) as unit_kg
    from shipments
    where seller is not null and quantity > 0 and line_count = 1

),

counted as (

    select
        priced.*,
        count(*) over (partition by seller, goods) as peers
    from priced
    where goods is not null

),

frequent as (

    select * from counted
    where peers >= $min_price_peers

)

select * from frequent
