-- One claimed shipment in one unit a relief is about: consignment, sender and conveyance, conveyance, purchase.
-- grain: shipment_uid, way, provision

with
exempted as (select * from int_shipments__matched_to_rules),

shipments as (select * from int_shipments__given_one_rule),

conditions as (select * from int_conditions__matched_to_rules),

units as (
    select * from conditions
    where
        grouping_key in ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')
        and kind in ('exemption', 'lots_bar', 'relief')
),

claimed as (

    select
        exempted.shipment_uid,
        exempted.identity_id,
        exempted.arrival_date,
        exempted.pool,
        exempted.origin_country,
        exempted.mode,
        exempted.coverage,
        exempted.limit_amount,
        exempted.limit_currency,
        exempted.amount,
        exempted.value_usd,
        exempted.exemption_claimed,
        exempted.is_available
    from exempted
    where
        exempted.identity_id is not null
        and exempted.arrival_date between $from_date and $to_date

),

-- the exemption's own limit for itself and for what bars it; a further relief has its own, told where it differs
matched as (

    select
        claimed.*,
        units.kind,
        units.provision,
        units.grouping_key as way,
        units.rule_id,
        units.legal_basis,
        units.is_unverified,
        claimed.coverage = 'known' and units.coverage = 'known' as is_certain,
        case when units.kind = 'relief' then units.limit_amount else claimed.limit_amount end as tested_limit,
        case when units.kind = 'relief' then units.limit_currency else claimed.limit_currency end as tested_currency,
        units.limit_usd_per_unit
    from claimed
    inner join units on
        claimed.arrival_date = units.arrival_date
        and claimed.pool = units.pool
        and claimed.origin_country is not distinct from units.origin_country
        and claimed.mode is not distinct from units.mode
    where
        claimed.exemption_claimed
        and case
            when units.kind = 'relief'
                then
                    units.is_available
                    and (
                        units.limit_amount is distinct from claimed.limit_amount
                        or units.limit_currency is distinct from claimed.limit_currency
                    )
            when units.kind = 'exemption' then units.is_available and units.limit_amount = claimed.limit_amount
            else claimed.is_available
        end

),

named as (

    select
        matched.shipment_uid,
        matched.identity_id,
        matched.arrival_date,
        matched.way,
        matched.provision,
        matched.rule_id,
        matched.legal_basis,
        matched.is_unverified,
        matched.is_certain,
        matched.value_usd,
        matched.tested_limit as limit_amount,
        matched.tested_currency as limit_currency,
        case
            when matched.kind <> 'relief' then matched.amount
            when matched.tested_currency = shipments.currency then shipments.tested_value
            else cast(
                    cast(shipments.tested_usd as double) / cast(matched.limit_usd_per_unit as double) as decimal(18, 2)
                )
        end as amount,
        upper(trim(shipments.house_bill)) as house_bill,
        upper(trim(coalesce(shipments.shipper_name, shipments.seller_id, shipments.seller_name))) as sender,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name, shipments.shipper_name))) as seller,
        upper(trim(shipments.conveyance_id)) as conveyance,
        shipments.order_date,
        shipments.order_id
    from matched
    inner join shipments on matched.shipment_uid = shipments.shipment_uid

),

grouped as (

    select
        named.*,
        case way
            when 'consignment' then 'document ' || house_bill || ', identity ' || identity_id
            when 'sender_conveyance'
                then
                    'sender ' || sender || ', ' || coalesce('conveyance ' || conveyance || ', ', '')
                    || cast(arrival_date as varchar) || ', identity ' || identity_id
            when 'conveyance_consignee'
                then
                    'conveyance ' || conveyance || ', ' || cast(arrival_date as varchar) || ', identity '
                    || identity_id
            else 'seller ' || seller || ', bought ' || cast(order_date as varchar) || ', identity ' || identity_id
        end as group_key,
        way <> 'sender_conveyance' or conveyance is not null as is_unit_known
    from named

),

pieces as (

    select * from grouped
    where
        group_key is not null
        and case when $boundary = 'at' then amount < limit_amount else amount <= limit_amount end
    qualify row_number() over (
            partition by shipment_uid, way, provision
            order by limit_amount desc, rule_id asc
        ) = 1

)

select * from pieces
