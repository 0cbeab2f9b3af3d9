-- One daily_limit flag, and whether name and address exactly as written would have shown it.
-- grain: flag_id

with
members as (select * from int_members__daily_limit),

shipments as (select * from int_shipments__given_one_rule),

as_written as (

    select
        members.flag_id,
        members.limit_amount,
        shipments.consignee_name,
        shipments.consignee_address,
        shipments.consignee_address2,
        shipments.consignee_city,
        shipments.consignee_state,
        shipments.consignee_postal_code,
        case
            when shipments.consignee_name is null and shipments.consignee_address is null then shipments.consignee_id
        end
            as account,
        sum(members.amount) as subtotal_amount,
        count(*) as shipments
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    group by
        members.flag_id,
        members.limit_amount,
        shipments.consignee_name,
        shipments.consignee_address,
        shipments.consignee_address2,
        shipments.consignee_city,
        shipments.consignee_state,
        shipments.consignee_postal_code,
        account

),

seen as (

    select
        flag_id,
        count(*) as ways_written,
        max(
            case
                when shipments < $min_pieces then 0
                when $boundary = 'at' and subtotal_amount = limit_amount then 1
                when subtotal_amount > limit_amount then 1
                else 0
            end
        ) = 1 as is_seen_by_exact_match
    from as_written
    group by flag_id

)

select * from seen
