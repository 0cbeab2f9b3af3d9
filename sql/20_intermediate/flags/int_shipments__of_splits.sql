-- One shipment of a flag for which an innocent explanation is tested, with what would show it.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

findings as (select * from int_measures__united),

shipments as (select * from mart_shipments),

benign as (select * from ref_benign_splits),

phrases as (select * from ref_benign_phrases),

traits as (select * from party_traits),

parcels as (select * from ref_parcel_weights),

asked as (select distinct typology from benign),

pieces as (

    select
        members.flag_id,
        members.shipment_uid,
        members.amount,
        findings.typology,
        findings.limit_amount,
        findings.window_end,
        shipments.alias_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.house_bill,
        shipments.conveyance_id,
        shipments.description,
        shipments.weight_kg,
        shipments.mode,
        upper(trim(shipments.order_id)) as order_number,
        upper(trim(shipments.marketplace)) as marketplace,
        upper(trim(coalesce(shipments.seller_id, shipments.seller_name))) as seller,
        upper(trim(coalesce(shipments.product_id, shipments.description))) as goods
    from members
    inner join findings on members.flag_id = findings.flag_id
    inner join asked on findings.typology = asked.typology
    inner join shipments on members.shipment_uid = shipments.shipment_uid

),

said as (

    select distinct
        pieces.flag_id,
        pieces.shipment_uid,
        phrases.benign
    from pieces
    inner join phrases on lower(pieces.description) like '%' || phrases.phrase || '%'

),

said_once as (

    select
        flag_id,
        shipment_uid,
        max(case when benign = 'replacement' then 1 else 0 end) = 1 as is_replacement,
        max(case when benign = 'backorder_said' then 1 else 0 end) = 1 as is_backorder,
        max(case when benign = 'subscription' then 1 else 0 end) = 1 as is_subscription
    from said
    group by flag_id, shipment_uid

),

described as (

    select
        pieces.flag_id,
        pieces.shipment_uid,
        pieces.typology,
        pieces.amount,
        pieces.limit_amount,
        pieces.window_end,
        pieces.arrival_date,
        pieces.value_usd,
        pieces.house_bill,
        pieces.conveyance_id,
        pieces.weight_kg,
        pieces.order_number,
        pieces.marketplace,
        pieces.seller,
        pieces.goods,
        parcels.most_kg,
        coalesce(said_once.is_replacement, false) as is_replacement,
        coalesce(said_once.is_backorder, false) as is_backorder,
        coalesce(said_once.is_subscription, false) as is_subscription,
        coalesce(
            traits.place_kind is not null
            and pieces.arrival_date >= traits.place_from
            and pieces.arrival_date < coalesce(traits.place_to, date '9999-12-31'),
            false
        ) as is_known_place,
        lag(pieces.arrival_date) over (
            partition by pieces.flag_id
            order by pieces.arrival_date, pieces.shipment_uid
        ) as previous_date,
        row_number() over (
            partition by pieces.flag_id
            order by pieces.weight_kg, pieces.shipment_uid
        ) as weight_place
    from pieces
    left join said_once on pieces.flag_id = said_once.flag_id and pieces.shipment_uid = said_once.shipment_uid
    left join traits on pieces.alias_id = traits.alias_id
    left join parcels on
        pieces.mode = parcels.mode
        -- one entry may cover many packages; a mail item is an entry by itself
        and (pieces.typology <> 'informal_entry_split' or pieces.mode = 'mail')
        and pieces.arrival_date >= parcels.valid_from
        and pieces.arrival_date < coalesce(parcels.valid_to, date '9999-12-31')

)

select * from described
