-- One group of shipments without an order number that are likely lots of one order, and over the limit together.
-- grain: flag_id

with
members as (select * from int_members__inferred_order_split),

lots as (select * from int_lots__of_no_known_order),

groups as (select * from inferred_orders),

summed as (

    select
        members.flag_id,
        members.lots_key,
        min(lots.arrival_date) as window_start,
        max(lots.arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(lots.amount) as decimal(18, 2)) as total_amount,
        cast(sum(lots.value_usd) as decimal(18, 2)) as total_usd,
        max(lots.limit_amount) as limit_amount,
        min(lots.limit_currency) as limit_currency,
        count(distinct lots.arrival_date) as day_count,
        min(case when lots.is_certain then 1 else 0 end) = 1 as is_certain,
        min(lots.rule_id) as rule_id,
        min(lots.legal_basis) as legal_basis
    from members
    inner join lots on members.shipment_uid = lots.shipment_uid
    group by members.flag_id, members.lots_key

),

described as (

    select
        summed.*,
        groups.identity_id,
        groups.seller_key,
        groups.score,
        groups.pace,
        groups.worth,
        groups.goods,
        groups.numbers,
        groups.other_orders,
        groups.knows_goods,
        groups.is_like_back_order,
        groups.is_like_repeat,
        groups.is_evenly_spaced
    from summed
    inner join groups on summed.lots_key = groups.lots_key

)

select * from described
