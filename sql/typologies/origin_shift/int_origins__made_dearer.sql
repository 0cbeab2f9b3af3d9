-- One origin and a day on which added duties began for its goods, or rose, until they ended or rose again, and by how
-- much.
-- grain: origin_country, dearer_from

with
-- a duty on all goods of an origin
layered as (
    select * from int_origins__layered
    where goods_list = ''
),

lower_before as (

    select
        layered.origin_country,
        layered.layer,
        layered.valid_from,
        layered.valid_to,
        layered.rate,
        max(earlier.rate) as rate_before
    from layered
    left join layered as earlier on
        layered.origin_country = earlier.origin_country
        and layered.layer = earlier.layer
        and layered.valid_from > earlier.valid_from
        and layered.valid_from <= earlier.valid_to
    group by layered.origin_country, layered.layer, layered.valid_from, layered.valid_to, layered.rate

),

dearer as (

    select
        origin_country,
        valid_from as dearer_from,
        max(valid_to) as dearer_to,
        cast(sum(rate - coalesce(rate_before, 0)) as decimal(18, 8)) as rise
    from lower_before
    where rate > coalesce(rate_before, 0)
    group by origin_country, valid_from

)

select * from dearer
