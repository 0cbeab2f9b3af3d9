-- One shipment that claims no exemption beside the limit of informal entry, by what that limit adds up.
-- grain: shipment_uid, grouping_key
-- by: shipment_uid
-- follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode
-- The value is that of the rule: the appraised value of 19 USC 1401a, for which the customs value stands.

with
shipments as (select * from int_shipments__given_one_rule),

exempted as (select * from int_shipments__matched_to_rules),

conditions as (select * from int_conditions__matched_to_rules),

orders as (select * from int_shipments__keyed_to_orders),

placeholders as (select * from ref_order_placeholders),

centers as (select * from ref_centers),

limits as (
    select * from conditions
    where kind = 'entry_limit'
),

claimed as (

    select distinct shipment_uid from exempted
    where exemption_claimed

),

matched as (

    select
        shipments.shipment_uid,
        shipments.alias_id,
        shipments.identity_id,
        shipments.conveyance_id,
        shipments.arrival_date,
        shipments.is_informal,
        shipments.entry_type,
        shipments.own_pool as pool,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name, shipments.shipper_name))) as seller,
        upper(trim(shipments.filer_code)) as filer,
        upper(trim(shipments.carrier_code)) as carrier,
        case
            when shipments.written_origin_country is not null and shipments.port_of_entry is not null
                then upper(trim(shipments.written_origin_country)) || ' to ' || upper(trim(shipments.port_of_entry))
        end as route,
        shipments.mode,
        shipments.is_customs_value_proxy,
        upper(trim(shipments.house_bill)) as house_bill,
        upper(trim(shipments.entry_number)) as entry_number,
        upper(trim(coalesce(shipments.product_id, shipments.hts_code, shipments.description))) as goods,
        upper(trim(coalesce(shipments.shipper_name, shipments.seller_id, shipments.seller_name))) as sender,
        orders.order_key,
        orders.has_issuer,
        shipments.order_id is not null and placeholders.order_number is null as has_order_number,
        centers.center,
        shipments.value_usd,
        limits.grouping_key,
        case when limits.value_basis = 'transaction' then shipments.customs_value else shipments.tested_value end
            as entry_value,
        case
            when limits.value_basis = 'transaction' then shipments.customs_value_usd else shipments.tested_usd
        end as entry_usd,
        shipments.currency,
        limits.limit_usd_per_unit,
        limits.limit_amount,
        limits.limit_currency,
        limits.rule_id,
        limits.legal_basis,
        limits.coverage = 'known' as is_certain
    from shipments
    inner join limits on
        shipments.arrival_date = limits.arrival_date
        and shipments.own_pool = limits.pool
        and shipments.origin_country is not distinct from limits.origin_country
        and shipments.mode is not distinct from limits.mode
    left join claimed on shipments.shipment_uid = claimed.shipment_uid
    left join orders on shipments.shipment_uid = orders.shipment_uid
    left join placeholders on upper(trim(shipments.order_id)) = placeholders.order_number
    left join centers on
        centers.regime = $regime
        and substring(shipments.hts_code, 1, 2) between centers.chapter_from and centers.chapter_to
        and shipments.arrival_date >= centers.valid_from
        and shipments.arrival_date < coalesce(centers.valid_to, date '9999-12-31')
    where
        claimed.shipment_uid is null
        and shipments.is_import
        and limits.grouping_key in ('order', 'conveyance_consignee', 'mailing')
        and shipments.arrival_date between $from_date and $to_date
    qualify row_number() over (
            partition by shipments.shipment_uid, limits.grouping_key
            order by limits.limit_amount desc, limits.rule_id asc
        ) = 1

),

-- of the limits beside which a shipment stands, one is told of it where any will do
measured as (

    select
        * exclude (entry_value, entry_usd, currency, limit_usd_per_unit),
        case
            when limit_usd_per_unit = 1 then entry_usd
            when limit_currency = currency then entry_value
            else cast(cast(entry_usd as double) / cast(limit_usd_per_unit as double) as decimal(18, 2))
        end as amount,
        row_number() over (partition by shipment_uid order by grouping_key) = 1 as is_first_limit
    from matched

)

select * from measured
