-- One day around the limit that counts for structuring: no lot of a split order or entry arrived, and no repeat.
-- grain: identity_id, pool, limit_currency, arrival_date

with
days as (

    select * from int_days__around_the_limit
    where not is_repeat

),

orders as (select * from int_members__order_split),

entries as (select * from int_members__informal_entry_split),

lots as (

    select shipment_uid from orders
    union
    select shipment_uid from entries

),

shipments as (select * from int_shipments__matched_to_rules),

days_of_lots as (

    select distinct
        shipments.identity_id,
        shipments.arrival_date
    from shipments
    inner join lots on shipments.shipment_uid = lots.shipment_uid
    where shipments.identity_id is not null

),

kept as (

    select days.*
    from days
    left join days_of_lots on
        days.identity_id = days_of_lots.identity_id
        and days.arrival_date = days_of_lots.arrival_date
    where days_of_lots.identity_id is null

)

select * from kept
