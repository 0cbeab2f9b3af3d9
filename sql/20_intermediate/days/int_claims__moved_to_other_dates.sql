-- One suspended_claim flag and date basis, and whether by that date the exemption was suspended too.
-- grain: flag_id, date_basis

with
crossings as (select * from int_crossings__suspended_claim),

shipments as (select * from int_shipments__given_one_rule),

limits as (
    select * from ref_limits
    where regime = $regime
),

stretches as (select * from int_origins__suspended),

begun as (

    select
        crossings.flag_id,
        min(limits.valid_from) as suspended_from
    from crossings
    inner join limits on '+' || crossings.rule_id || '+' like '%+' || limits.rule_id || '+%'
    group by crossings.flag_id

),

dated as (

    select
        crossings.flag_id,
        crossings.origin_country,
        begun.suspended_from,
        case when shipments.date_basis = 'arrival' then shipments.arrival_date end as arrival_date,
        shipments.estimated_arrival_date,
        shipments.released_date,
        shipments.order_date
    from crossings
    inner join begun on crossings.flag_id = begun.flag_id
    inner join shipments on crossings.shipment_uid = shipments.shipment_uid

),

by_basis as (

    select
        flag_id,
        origin_country,
        suspended_from,
        'arrival' as date_basis,
        arrival_date as day
    from dated
    union all
    select
        flag_id,
        origin_country,
        suspended_from,
        'estimated_arrival' as date_basis,
        estimated_arrival_date as day
    from dated
    union all
    select
        flag_id,
        origin_country,
        suspended_from,
        'release' as date_basis,
        released_date as day
    from dated
    union all
    select
        flag_id,
        origin_country,
        suspended_from,
        'order' as date_basis,
        order_date as day
    from dated

),

-- before its rule began it was suspended only where goods of its origin alone were
moved as (

    select
        by_basis.flag_id,
        by_basis.date_basis,
        cast(case when by_basis.day is null then 0 else 1 end as bigint) as shipments,
        case
            when by_basis.day is null then null
            else by_basis.day >= by_basis.suspended_from or stretches.origin_country is not null
        end as is_over_limit,
        by_basis.day
    from by_basis
    left join stretches on
        by_basis.origin_country = stretches.origin_country
        and by_basis.day >= stretches.suspended_from
        and by_basis.day < stretches.suspended_to

),

judged as (

    select
        flag_id,
        date_basis,
        shipments,
        is_over_limit,
        case when is_over_limit then day end as days
    from moved

)

select * from judged
