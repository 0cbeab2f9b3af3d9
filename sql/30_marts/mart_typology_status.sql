-- One typology: was it tested, on how many shipments, and how many flags it raised.
-- grain: typology

with
matched as (select * from int_typologies__matched_to_fields),

fields as (select * from int_fields__filled),

shipments as (select * from int_shipments__sorted_into_pools),

flags as (select * from mart_flags),

seen as (

    select
        min(arrival_date) as first_day,
        max(arrival_date) as last_day
    from shipments
    where arrival_date between $from_date and $to_date

),

ways as (

    select
        coalesce(max(case when carried like '%|order_id|%' then 1 end), 0) = 1 as has_order,
        coalesce(max(case when carried like '%|conveyance_id|%' then 1 end), 0) = 1 as has_conveyance
    from fields

),

flag_counts as (

    select
        typology,
        count(*) as flags
    from flags
    group by typology

),

counted as (

    select
        matched.typology,
        matched.tested,
        case when matched.tested = 'yes' then matched.shipments else 0 end as rows,
        coalesce(flag_counts.flags, 0) as flags,
        cast(seen.first_day as varchar) || ' to ' || cast(seen.last_day as varchar) as "window",
        nullif(
            concat_ws(
                '; ',
                case
                    when matched.typology <> 'informal_entry_split' or matched.tested <> 'yes' then null
                    when not ways.has_conveyance then 'by conveyance and consignee: not tested: no conveyance_id'
                    when not ways.has_order then 'by order: not tested: no order_id'
                end,
                matched.unread
            ),
            ''
        ) as note
    from matched
    cross join seen
    cross join ways
    left join flag_counts on matched.typology = flag_counts.typology

)

select * from counted
