-- One tariff number of the file and its list of goods in a scheme of duties: the longest beginning decides.
-- grain: hts_code, scheme, valid_from

with
shipments as (select * from int_shipments__described),

goods as (
    select * from ref_duty_layer_goods
    where regime = $regime
),

codes as (

    select distinct hts_code from shipments
    where hts_code is not null

),

lengths as (

    select distinct length(hts_prefix) as digits from goods

),

begun as (

    select
        codes.hts_code,
        lengths.digits,
        left(codes.hts_code, lengths.digits) as hts_prefix
    from codes
    cross join lengths
    where length(codes.hts_code) >= lengths.digits

),

matched as (

    select
        begun.hts_code,
        goods.scheme,
        goods.goods_list,
        goods.valid_from,
        coalesce(goods.valid_to, date '9999-12-31') as valid_to
    from begun
    inner join goods on begun.hts_prefix = goods.hts_prefix
    qualify row_number() over (
            partition by begun.hts_code, goods.scheme, goods.valid_from
            order by begun.digits desc, goods.goods_list asc
        ) = 1

)

select * from matched
