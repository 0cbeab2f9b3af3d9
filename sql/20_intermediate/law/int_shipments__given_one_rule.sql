-- One current shipment with the one answer told of it: the sure one, or of two the one that offers the exemption;
-- and the deadline that its entry is under, by the name that ref_deadlines gives it.
-- grain: shipment_uid
-- by: shipment_uid
-- shown: a choice among rows that are kept already

with
answers as (select * from int_shipments__matched_to_rules),

-- an informal entry of mail is declared by the month, any other by its entry type
dated as (

    select
        *,
        case
            when mode = 'mail' and is_informal and not coalesce(exemption_claimed, false)
                then 'postal_informal_entry_month'
            else 'type_' || lower(entry_type) || '_entry'
        end as deadline
    from answers
    where is_told

)

select * from dated
