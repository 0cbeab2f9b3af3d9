-- One piece of a day on which a warehouse got more than the limit of goods that nobody had bought yet.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

traits as (select * from party_traits),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'warehouse_consignee'
),

pieces as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.pool,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.seller,
        shipments.is_certain,
        traits.name_words,
        typologies.rule_id,
        typologies.source as legal_basis,
        coalesce(
            'address ' || traits.place_key, 'identity ' || shipments.identity_id, 'consignee ' || shipments.alias_id
        ) as place
    from shipments
    inner join traits on shipments.alias_id = traits.alias_id
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        traits.name_kind in ('fulfilment', 'warehouse')
        and shipments.arrival_date >= traits.name_from
        and shipments.arrival_date < coalesce(traits.name_to, date '9999-12-31')
        and not traits.is_owner_named
        and not shipments.has_buyer
        and not shipments.has_order
        and shipments.is_claimed
        and shipments.is_available
        and not shipments.is_oversize

),

summed as (

    select
        pieces.*,
        'warehouse at ' || place || ', ' || cast(arrival_date as varchar) || ', ' || pool as subject,
        count(*) over (partition by place, arrival_date, pool, limit_currency, rule_id) as piece_count,
        cast(
            sum(amount) over (partition by place, arrival_date, pool, limit_currency, rule_id) as decimal(18, 2)
        ) as day_amount,
        max(limit_amount) over (partition by place, arrival_date, pool, limit_currency, rule_id) as day_limit
    from pieces

),

over_limit as (

    select * from summed
    where piece_count >= $min_pieces and day_amount > day_limit

),

members as (

    select
        flag_id($regime, 'warehouse_consignee', subject, rule_id, $id_digits) as flag_id,
        over_limit.*
    from over_limit

)

select * from members
