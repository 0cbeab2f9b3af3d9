-- One shipment on an informal entry, or on none that is known, in one group whose value the informal limit is about.
-- grain: shipment_uid, way

with
entered as (
    select * from int_shipments__beside_entry_limits
    where coalesce(is_informal, true)
),

series as (select * from int_entries__in_series),

-- what comes on one conveyance for one consignee is one entry within a bill, and may be several across bills
ways as (

    select
        'order' as way,
        'order' as grouping_key
    union all
    select
        'bill' as way,
        'conveyance_consignee' as grouping_key
    union all
    select
        'conveyance_consignee' as way,
        'conveyance_consignee' as grouping_key
    union all
    select
        'series' as way,
        'conveyance_consignee' as grouping_key
    union all
    select
        'mailing' as way,
        'mailing' as grouping_key

),

grouped as (

    select
        ways.way,
        entered.*,
        case ways.way
            when 'order' then entered.order_key
            -- items of numbered orders are judged by their orders
            when 'mailing'
                then
                    case when not entered.has_order_number and entered.mode = 'mail' then 'mail of ' end
                    || entered.sender || ', '
                    || cast(entered.arrival_date as varchar) || ', identity ' || entered.identity_id
            when 'series' then series.series_key
            when 'bill'
                then
                    'conveyance ' || entered.conveyance_id || ', ' || cast(entered.arrival_date as varchar)
                    || ', identity ' || entered.identity_id || ', house bill ' || entered.house_bill
            else
                'conveyance ' || entered.conveyance_id || ', ' || cast(entered.arrival_date as varchar)
                || ', identity ' || entered.identity_id
        end as group_key
    from entered
    inner join ways on entered.grouping_key = ways.grouping_key
    left join series on entered.shipment_uid = series.shipment_uid

),

pieces as (

    select * from grouped
    where
        group_key is not null
        and case when $boundary = 'at' then amount < limit_amount else amount <= limit_amount end

)

select * from pieces
