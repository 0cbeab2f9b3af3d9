-- One tariff number of the file and a class of goods, in force for some days, that cannot come in under the exemption.
-- grain: hts_code, kind, goods, origin_country, pool, valid_from

with
shipments as (select * from int_shipments__described),

goods as (select * from ref_ineligible_goods),

codes as (

    select distinct hts_code from shipments
    where hts_code is not null and is_claimed

),

matched as (

    select
        codes.hts_code,
        goods.kind,
        goods.goods,
        goods.origin_country,
        goods.entry_types,
        goods.pool,
        goods.above_usd,
        goods.valid_from,
        goods.valid_to,
        goods.source
    from codes
    inner join goods on
        goods.regime = $regime
        and left(codes.hts_code, length(goods.hts_from)) >= goods.hts_from
        and left(codes.hts_code, length(goods.hts_to)) <= goods.hts_to
    qualify row_number() over (
            partition by
                codes.hts_code, goods.kind, goods.goods, goods.origin_country, goods.pool, goods.valid_from
            order by goods.hts_from, goods.hts_to
        ) = 1

)

select * from matched
