-- One tariff number of an entry that may be of another origin, and its list of goods in a scheme of duties on a day.
-- grain: hts_code, arrival_date, scheme
-- Of the beginnings in force that day the longest decides; ALL stands for every other number.

with
shipments as (select * from int_shipments__described),

goods as (
    select * from ref_duty_layer_goods
    where regime = $regime
),

cases as (

    select distinct
        hts_code,
        arrival_date
    from shipments
    where
        hts_code is not null
        and entry_route in ('informal', 'formal')
        and (shipper_country <> origin_country or export_country <> origin_country or mode = 'mail')

),

lengths as (

    select distinct case when hts_prefix = 'ALL' then 0 else length(hts_prefix) end as digits
    from goods

),

begun as (

    select
        cases.hts_code,
        cases.arrival_date,
        lengths.digits,
        case when lengths.digits = 0 then 'ALL' else left(cases.hts_code, lengths.digits) end as hts_prefix
    from cases
    cross join lengths
    where length(cases.hts_code) >= lengths.digits

),

matched as (

    select
        begun.hts_code,
        begun.arrival_date,
        goods.scheme,
        goods.goods_list
    from begun
    inner join goods on
        begun.hts_prefix = goods.hts_prefix
        and begun.arrival_date >= goods.valid_from
        and begun.arrival_date < coalesce(goods.valid_to, date '9999-12-31')
    qualify row_number() over (
            partition by begun.hts_code, begun.arrival_date, goods.scheme
            order by begun.digits desc, goods.goods_list asc
        ) = 1

)

select * from matched
