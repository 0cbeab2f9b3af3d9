-- One flag over a limit that a single piece brings about, and the cheapest piece without which it falls.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

enough as (

    select
        flags.flag_id,
        members.shipment_uid,
        members.amount,
        flags.limit_currency,
        flags.shipments <= $min_pieces as is_last_pair
    from flags
    inner join members on flags.flag_id = members.flag_id
    where flags.shipments <= $min_pieces or flags.total_amount - members.amount <= flags.limit_amount
    qualify row_number() over (partition by flags.flag_id order by members.amount, members.shipment_uid) = 1

),

named as (

    select
        enough.flag_id,
        enough.shipment_uid,
        shipments.shipment_id,
        shipments.arrival_date,
        enough.amount,
        enough.limit_currency,
        enough.is_last_pair
    from enough
    inner join shipments on enough.shipment_uid = shipments.shipment_uid

)

select * from named
