-- One shipment of a flag, its place by value within it, and how many its group holds where groups are counted.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

findings as (select * from int_measures__united),

shipments as (select * from mart_shipments),

typologies as (
    select * from ref_typologies
    where regime = $regime
),

latest as (

    select * from typologies
    qualify row_number() over (partition by typology order by valid_from desc) = 1

),

told as (

    select
        members.flag_id,
        members.shipment_uid,
        members.amount,
        findings.limit_amount,
        latest.stands_on,
        shipments.value_usd,
        case
            when latest.stands_on = 'names' then shipments.identity_id
            when latest.stands_on = 'pieces' then upper(trim(shipments.entry_number))
        end as group_name
    from members
    inner join findings on members.flag_id = findings.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    inner join latest on findings.typology = latest.typology

),

ranked as (

    select
        told.*,
        count(*) over (partition by flag_id, group_name) as group_size,
        row_number() over (partition by flag_id, group_name order by shipment_uid) as group_place,
        row_number() over (partition by flag_id order by amount desc, shipment_uid asc) as place,
        count(*) over (partition by flag_id) as shipments,
        cast(sum(amount) over (partition by flag_id) as decimal(18, 2)) as total_amount,
        cast(
            sum(amount) over (
                partition by flag_id
                order by amount desc, shipment_uid asc
                rows between unbounded preceding and current row
            ) as decimal(18, 2)
        ) as dearest_amount
    from told

)

select * from ranked
