-- One shipment of a flag.
-- grain: flag_id, shipment_uid

with
members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

ranked as (select * from int_members__ranked_in_flags),

cuts as (select * from int_flags__cut_short),

named as (

    select
        members.flag_id,
        members.shipment_uid,
        shipments.shipment_id,
        coalesce(cuts.stands_on in ('sum', 'each') and ranked.place <= cuts.cut_count, false) as is_in_cut
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    left join ranked on members.flag_id = ranked.flag_id and members.shipment_uid = ranked.shipment_uid
    left join cuts on members.flag_id = cuts.flag_id

)

select * from named
