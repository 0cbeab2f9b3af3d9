-- One day of identities that a looser threshold would join: their claimed pieces of one pool and limit, added up.
-- grain: threshold, part_id, arrival_date, pool, limit_amount, limit_currency

with
shipments as (select * from int_shipments__matched_to_rules),

parts as (select * from identity_parts),

thresholds as (

    select * from identity_thresholds
    where standing in ('high', 'looser')

),

pieces as (

    select
        parts.threshold,
        parts.part_id,
        shipments.arrival_date,
        shipments.pool,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.shipment_uid,
        min(shipments.identity_id) as identity_id,
        max(shipments.amount) as amount,
        max(shipments.value_usd) as value_usd,
        max(case when shipments.coverage = 'known' then 1 else 0 end) = 1 as is_certain
    from shipments
    inner join parts on shipments.alias_id = parts.alias_id
    inner join thresholds on parts.threshold = thresholds.threshold
    where
        shipments.exemption_claimed
        and shipments.limit_amount is not null
        and not shipments.is_oversize
        and shipments.arrival_date between $from_date and $to_date
    group by
        parts.threshold,
        parts.part_id,
        shipments.arrival_date,
        shipments.pool,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.shipment_uid

),

summed as (

    select
        threshold,
        part_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        count(distinct identity_id) as identity_count,
        min(identity_id) as first_identity_id,
        max(identity_id) as last_identity_id,
        count(*) as shipments,
        count(*) filter (where is_certain) as certain_shipments,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(coalesce(sum(amount) filter (where is_certain), 0) as decimal(18, 2)) as certain_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        cast(coalesce(sum(value_usd) filter (where is_certain), 0) as decimal(18, 2)) as certain_usd
    from pieces
    group by threshold, part_id, arrival_date, pool, limit_amount, limit_currency

),

judged as (

    select
        summed.*,
        certain_shipments >= $min_pieces and certain_amount > limit_amount as is_certainly_over_limit
    from summed
    where identity_count > 1

),

over_limit as (

    select
        flag_id(
            $regime,
            'daily_limit',
            concat_ws('|', 'joined', part_id, cast(arrival_date as varchar), pool),
            concat_ws('|', cast(limit_amount as varchar), limit_currency),
            $id_digits
        ) as group_id,
        threshold,
        part_id,
        arrival_date,
        pool,
        limit_amount,
        limit_currency,
        first_identity_id,
        last_identity_id,
        identity_count,
        case when is_certainly_over_limit then certain_shipments else shipments end as shipments,
        case when is_certainly_over_limit then certain_usd else total_usd end as total_usd
    from judged
    where is_certainly_over_limit or (shipments >= $min_pieces and total_amount > limit_amount)

)

select * from over_limit
