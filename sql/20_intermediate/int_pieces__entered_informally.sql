-- One shipment on an informal entry, or on none that is known, in one group whose value the informal limit is about.
-- grain: shipment_uid, way

with
shipments as (select * from int_shipments__sorted_into_pools),

exempted as (select * from int_shipments__matched_to_rules),

conditions as (select * from int_conditions__matched_to_rules),

orders as (select * from int_shipments__keyed_to_orders),

limits as (
    select * from conditions
    where kind = 'entry_limit'
),

claimed as (

    select distinct shipment_uid from exempted
    where exemption_claimed

),

grouped as (

    select
        shipments.shipment_uid,
        limits.grouping_key as way,
        case
            when limits.grouping_key = 'order' then orders.order_key
            else
                'conveyance ' || shipments.conveyance_id || ', ' || cast(shipments.arrival_date as varchar)
                || ', identity ' || shipments.identity_id
        end as group_key,
        limits.grouping_key <> 'order' or orders.has_issuer as has_issuer,
        shipments.alias_id,
        shipments.identity_id,
        shipments.conveyance_id,
        shipments.arrival_date,
        shipments.is_informal,
        shipments.value_usd,
        case
            when limits.limit_usd_per_unit = 1 then shipments.tested_usd
            when limits.limit_currency = shipments.currency then shipments.tested_value
            else cast(
                    cast(shipments.tested_usd as double) / cast(limits.limit_usd_per_unit as double) as decimal(18, 2)
                )
        end as amount,
        limits.limit_amount,
        limits.limit_currency,
        limits.rule_id,
        limits.legal_basis,
        limits.coverage = 'known' as is_certain
    from shipments
    inner join limits on
        shipments.arrival_date = limits.arrival_date
        and shipments.pool = limits.pool
        and shipments.origin_country is not distinct from limits.origin_country
        and shipments.mode is not distinct from limits.mode
    left join claimed on shipments.shipment_uid = claimed.shipment_uid
    left join orders on shipments.shipment_uid = orders.shipment_uid
    where
        claimed.shipment_uid is null
        and shipments.is_import
        and coalesce(shipments.is_informal, true)
        and limits.grouping_key in ('order', 'conveyance_consignee')
        and shipments.arrival_date between $from_date and $to_date
    qualify row_number() over (
            partition by shipments.shipment_uid, limits.grouping_key
            order by limits.limit_amount desc, limits.rule_id asc
        ) = 1

),

pieces as (

    select * from grouped
    where
        group_key is not null
        and case when $boundary = 'at' then amount < limit_amount else amount <= limit_amount end

)

select * from pieces
