-- One flag and the fewest shipments without which it would not stand; none where it stands on a pattern.
-- grain: flag_id

with
ranked as (select * from int_members__ranked_in_flags),

-- without the dearest ones up to here the rest is within the limit, or too few to be a split
sums as (

    select
        flag_id,
        min(place) as cut_count
    from ranked
    where
        stands_on = 'sum'
        and (total_amount - dearest_amount <= limit_amount or shipments - place < $min_pieces)
    group by flag_id

),

groups_by_size as (

    select
        ranked.*,
        row_number() over (partition by flag_id order by group_size, group_name) as size_place,
        count(*) over (partition by flag_id) as group_count,
        max(group_size) over (partition by flag_id) as largest_group
    from ranked
    where stands_on in ('names', 'pieces') and group_place = 1

),

-- of names one less than many may stay, the largest ones; of entries of one bill one may
grouped as (

    select
        flag_id,
        cast(
            case
                when min(stands_on) = 'pieces' then min(shipments) - max(largest_group)
                else sum(case when size_place <= group_count - $min_hub_names + 1 then group_size else 0 end)
            end as bigint
        ) as cut_count
    from groups_by_size
    group by flag_id

),

flags as (

    select
        flag_id,
        min(stands_on) as stands_on,
        max(shipments) as shipments
    from ranked
    group by flag_id

),

counted as (

    select
        flags.flag_id,
        flags.stands_on,
        flags.shipments,
        case flags.stands_on
            when 'sum' then sums.cut_count
            when 'each' then flags.shipments
            when 'shipments' then flags.shipments - $min_pattern_shipments + 1
            when 'names' then grouped.cut_count
            when 'pieces' then grouped.cut_count
        end as cut_count
    from flags
    left join sums on flags.flag_id = sums.flag_id
    left join grouped on flags.flag_id = grouped.flag_id

),

valued as (

    select
        counted.flag_id,
        counted.stands_on,
        counted.shipments,
        counted.cut_count,
        cast(
            sum(
                case when counted.stands_on in ('sum', 'each') and ranked.place <= counted.cut_count then value_usd end
            ) as decimal(18, 2)
        ) as cut_usd
    from counted
    inner join ranked on counted.flag_id = ranked.flag_id
    group by counted.flag_id, counted.stands_on, counted.shipments, counted.cut_count

)

select * from valued
