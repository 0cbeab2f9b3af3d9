-- What one party brought on a day, on a conveyance of several days or in an order, in parts of the smallest limit.
-- grain: alias_id, unit
-- Made only where the run is pruned: it says whom it is worth comparing.

with
chosen as (select * from int_resolution__scoped),

shipments as (
    select rolled_up.*
    from int_shipments__rolled_up_from_lines as rolled_up
    inner join chosen on chosen.resolve = 'hot'
),

entry_types as (
    select * from ref_entry_types
    where regime = $regime
),

placeholders as (select * from ref_order_placeholders),

limits as (
    select * from ref_limits
    where regime = $regime and limit_amount is not null
),

-- the pool is that of int_shipments__sorted_into_pools, which stands behind who is who
pooled as (

    select
        shipments.alias_id,
        shipments.arrival_date,
        shipments.conveyance_id,
        case
            when placeholders.order_number is null
                then regexp_replace(upper(trim(shipments.order_id)), '[-_/. ]([0-9]{1,2}|[A-Z])$', '')
        end as order_stem,
        shipments.order_issuer is null
        and length(trim(shipments.order_id)) < $min_order_number_length as is_persons_own,
        case when shipments.is_gift then 'gift' else coalesce(entry_types.pool, 'standard') end as pool,
        greatest(shipments.value_usd, coalesce(shipments.customs_value_usd, 0)) as value_usd
    from shipments
    left join entry_types on
        lower(shipments.entry_type) = lower(entry_types.entry_type)
        and shipments.arrival_date >= entry_types.valid_from
        and shipments.arrival_date < coalesce(entry_types.valid_to, date '9999-12-31')
    left join placeholders on upper(trim(shipments.order_id)) = placeholders.order_number

),

conditions as (

    select distinct
        arrival_date,
        pool
    from pooled

),

-- a gift may be pooled with the rest, so that the limit of the rest may hold for it too
smallest as (

    select
        conditions.arrival_date,
        conditions.pool,
        min(limits.limit_amount) as limit_amount
    from conditions
    inner join limits on
        (limits.pool is null or conditions.pool = limits.pool or limits.pool = 'standard')
        and conditions.arrival_date >= limits.valid_from
        and conditions.arrival_date < coalesce(limits.valid_to, date '9999-12-31')
    group by conditions.arrival_date, conditions.pool

),

weighed as (

    select
        pooled.alias_id,
        pooled.arrival_date,
        pooled.order_stem,
        pooled.is_persons_own,
        pooled.conveyance_id,
        cast(pooled.value_usd as double) / cast(smallest.limit_amount as double) as share
    from pooled
    inner join smallest on
        pooled.arrival_date = smallest.arrival_date
        and pooled.pool = smallest.pool

),

large_orders as (

    select order_stem
    from weighed
    where order_stem is not null
    group by order_stem
    having count(*) > 1 and sum(share) > 0.999999

),

long_conveyances as (

    select conveyance_id
    from weighed
    where conveyance_id is not null
    group by conveyance_id
    having count(distinct arrival_date) > 1

),

-- whoever has a lot of a large order is looked at; a number that is a person's own is added up like a day
of_units as (

    select
        alias_id,
        cast(arrival_date as varchar) as unit,
        share
    from weighed
    union all
    select
        weighed.alias_id,
        'order ' || weighed.order_stem as unit,
        case when weighed.is_persons_own then weighed.share else 1 end as share
    from weighed
    inner join large_orders on weighed.order_stem = large_orders.order_stem
    union all
    select
        weighed.alias_id,
        'conveyance ' || weighed.conveyance_id as unit,
        weighed.share
    from weighed
    inner join long_conveyances on weighed.conveyance_id = long_conveyances.conveyance_id

),

summed as (

    select
        alias_id,
        unit,
        round(sum(share), 9) as share
    from of_units
    group by alias_id, unit

)

select * from summed
