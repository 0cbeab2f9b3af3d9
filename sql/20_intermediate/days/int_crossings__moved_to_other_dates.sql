-- One daily_limit flag and date basis, and whether its pieces are over the limit on one day by that date.
-- grain: flag_id, date_basis

with
members as (select * from int_members__daily_limit),

shipments as (select * from int_shipments__given_one_rule),

dated as (

    select
        members.flag_id,
        members.limit_amount,
        members.amount,
        shipments.actual_arrival_date as arrival_date,
        shipments.estimated_arrival_date,
        shipments.released_date,
        shipments.order_date
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid

),

by_basis as (

    select
        flag_id,
        limit_amount,
        amount,
        'arrival' as date_basis,
        arrival_date as day
    from dated
    union all
    select
        flag_id,
        limit_amount,
        amount,
        'estimated_arrival' as date_basis,
        estimated_arrival_date as day
    from dated
    union all
    select
        flag_id,
        limit_amount,
        amount,
        'release' as date_basis,
        released_date as day
    from dated
    union all
    select
        flag_id,
        limit_amount,
        amount,
        'order' as date_basis,
        order_date as day
    from dated

),

by_day as (

    select
        flag_id,
        date_basis,
        limit_amount,
        day,
        count(*) as shipments,
        sum(amount) as total_amount
    from by_basis
    group by flag_id, date_basis, limit_amount, day

),

judged as (

    select
        flag_id,
        date_basis,
        day,
        shipments,
        day is not null
        and shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end
            as is_over_limit
    from by_day

),

-- where some pieces lack the date and the rest stay within the limit, nothing can be said
summed as (

    select
        flag_id,
        date_basis,
        cast(coalesce(sum(shipments) filter (where day is not null), 0) as bigint) as shipments,
        case
            when max(case when is_over_limit then 1 else 0 end) = 1 then true
            when count(day) = count(*) then false
        end as is_over_limit,
        min(case when is_over_limit then day end) as days
    from judged
    group by flag_id, date_basis

)

select * from summed
