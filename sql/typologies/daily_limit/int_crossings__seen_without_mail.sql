-- One daily_limit flag with pieces that came by mail, and whether it stands without them, as customs' own check had it.
-- grain: flag_id

with
members as (select * from int_members__daily_limit),

shipments as (select * from int_shipments__given_one_rule),

summed as (

    select
        members.flag_id,
        members.limit_amount,
        count(*) filter (where shipments.mode = 'mail') as mail_count,
        count(*) filter (where shipments.mode is distinct from 'mail') as other_count,
        sum(case when shipments.mode = 'mail' then 0 else members.amount end) as other_amount
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    group by members.flag_id, members.limit_amount

),

judged as (

    select
        flag_id,
        mail_count,
        other_count >= $min_pieces
        and case when $boundary = 'at' then other_amount >= limit_amount else other_amount > limit_amount end
            as is_over_limit
    from summed
    where mail_count > 0

)

select * from judged
