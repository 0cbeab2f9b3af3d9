-- One flag and an innocent explanation that its shipments show.
-- grain: flag_id, benign

with
pieces as (select * from int_shipments__of_splits),

benign as (select * from ref_benign_splits),

-- an order of a marketplace is as many contracts as it has sellers: what counts is each seller's own part
of_sellers as (

    select
        flag_id,
        seller,
        sum(amount) as seller_amount
    from pieces
    where seller is not null
    group by flag_id, seller

),

seller_parts as (

    select
        flag_id,
        count(*) as sellers,
        max(seller_amount) as largest_part
    from of_sellers
    group by flag_id

),

summed as (

    select
        flag_id,
        min(typology) as typology,
        max(window_end) as window_end,
        max(limit_amount) as limit_amount,
        count(*) as shipments,
        count(house_bill) as billed,
        count(distinct house_bill) as bills,
        count(conveyance_id) as conveyed,
        count(distinct conveyance_id || cast(arrival_date as varchar)) as conveyances,
        count(marketplace) as on_marketplace,
        count(distinct marketplace) as marketplaces,
        count(distinct order_number) as orders,
        count(seller) as sold,
        count(goods) as named_goods,
        count(distinct goods) as kinds_of_goods,
        min(value_usd) as lowest_usd,
        max(value_usd) as highest_usd,
        count(weight_kg) as weighed,
        sum(case when weight_place <= 1 + 1 then weight_kg end) as lightest_two_kg,
        max(most_kg) as most_kg,
        count(most_kg) as with_most_kg,
        min(date_diff('day', previous_date, arrival_date)) as shortest_gap,
        max(date_diff('day', previous_date, arrival_date)) as longest_gap,
        count(*) filter (where is_replacement) as replacements,
        sum(case when is_replacement then 0 else amount end) as amount_without_replacements,
        count(*) filter (where is_backorder) as backorders,
        count(*) filter (where is_subscription) as subscriptions,
        count(*) filter (where is_known_place) as at_known_place
    from pieces
    group by flag_id

),

judged as (

    select
        summed.*,
        seller_parts.sellers,
        -- 19 CFR 141.57 and 141.58 are about parts that come on several conveyances, and explain nothing on one
        shipments > 1
        and billed = shipments
        and bills = 1
        and not (conveyed = shipments and conveyances = 1) as is_carrier_split,
        shipments > 1
        and on_marketplace = shipments
        and marketplaces = 1
        and orders = 1
        and sold = shipments
        and seller_parts.sellers > 1
        and seller_parts.largest_part <= limit_amount as is_multi_vendor,
        shipments > 1
        and weighed = shipments
        and with_most_kg = shipments
        and lightest_two_kg > most_kg as is_oversize,
        (
            shipments > 1 + 1
            and named_goods = shipments
            and kinds_of_goods = 1
            and lowest_usd = highest_usd
            and shortest_gap >= $min_delivery_gap_days
            and longest_gap - shortest_gap <= $delivery_jitter_days
        ) or (subscriptions = shipments and shortest_gap >= $min_delivery_gap_days) as is_subscription,
        replacements > 0
        and (shipments - replacements < $min_pieces or amount_without_replacements <= limit_amount) as is_replacement,
        backorders > 0 and backorders >= shipments - 1 as is_backorder_said,
        shipments > 1
        and named_goods = shipments
        and kinds_of_goods = shipments
        and shortest_gap >= $min_backorder_days as is_backorder_seen,
        at_known_place = shipments as is_known_place
    from summed
    left join seller_parts on summed.flag_id = seller_parts.flag_id

),

explained as (

    select
        judged.flag_id,
        judged.typology,
        benign.benign,
        benign.effect,
        judged.sellers,
        judged.lightest_two_kg,
        judged.most_kg,
        judged.shortest_gap,
        judged.longest_gap,
        judged.replacements,
        benign.source,
        benign.confidence
    from judged
    inner join benign on
        judged.typology = benign.typology
        and judged.window_end >= benign.valid_from
        and judged.window_end < coalesce(benign.valid_to, date '9999-12-31')
    where
        case benign.benign
            when 'carrier_split' then judged.is_carrier_split
            when 'multi_vendor' then judged.is_multi_vendor
            when 'oversize' then judged.is_oversize
            when 'subscription' then judged.is_subscription
            when 'replacement' then judged.is_replacement
            when 'backorder_said' then judged.is_backorder_said
            when 'backorder_seen' then judged.is_backorder_seen
            when 'known_place' then judged.is_known_place
        end

)

select * from explained
