-- One flag of an order whose lots bear several numbers, where no number by itself is over the limit.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

members as (select * from int_members__united),

orders as (select * from int_shipments__keyed_to_orders),

by_number as (

    select
        flags.flag_id,
        orders.written_number,
        flags.limit_amount,
        count(*) as shipments,
        sum(members.amount) as total_amount
    from flags
    inner join members on flags.flag_id = members.flag_id
    inner join orders on members.shipment_uid = orders.shipment_uid
    where flags.typology = 'order_split' or (flags.typology = 'informal_entry_split' and not flags.is_of_person)
    group by flags.flag_id, orders.written_number, flags.limit_amount

),

counted as (

    select
        flag_id,
        count(*) as number_count,
        count(*) filter (where shipments >= $min_pieces and total_amount > limit_amount) as over_limit_count
    from by_number
    group by flag_id

),

hanging as (

    select
        flag_id,
        number_count
    from counted
    where number_count > 1 and over_limit_count = 0

)

select * from hanging
