-- One flag of a person that a single link between spellings brings about, and the weakest link without which it falls.
-- grain: flag_id

with
flags as (select * from int_flags__over_a_limit),

members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

sides as (select * from identity_bridge_sides),

parted as (

    select
        flags.flag_id,
        sides.alias_id_l,
        sides.alias_id_r,
        sides.probability,
        min(flags.shipments) as shipments,
        min(flags.total_amount) as total_amount,
        min(flags.limit_amount) as limit_amount,
        count(*) as side_shipments,
        cast(sum(members.amount) as decimal(18, 2)) as side_amount
    from flags
    inner join members on flags.flag_id = members.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    inner join sides on shipments.alias_id = sides.alias_id
    where flags.is_of_person
    group by flags.flag_id, sides.alias_id_l, sides.alias_id_r, sides.probability

),

clearing as (

    select
        flag_id,
        alias_id_l,
        alias_id_r,
        probability
    from parted
    where
        (side_shipments < $min_pieces or side_amount <= limit_amount)
        and (shipments - side_shipments < $min_pieces or total_amount - side_amount <= limit_amount)
    qualify row_number() over (partition by flag_id order by probability, alias_id_l, alias_id_r) = 1

)

select * from clearing
