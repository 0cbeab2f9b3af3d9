-- One typology: was it tested, on how many shipments, and how many flags it raised.
-- grain: typology

with
matched as (select * from int_typologies__matched_to_fields),

fields as (select * from int_fields__filled),

shipments as (select * from int_shipments__sorted_into_pools),

flags as (select * from mart_flags),

shares as (select * from structuring_shares),

seen as (

    select
        min(arrival_date) as first_day,
        max(arrival_date) as last_day,
        count(*) as shipments
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

unlearned as (

    select
        'structuring' as typology,
        count(*) filter (where is_learned) = 0 as is_whole,
        string_agg(
            case
                when not is_learned
                    then
                        'under the limits in ' || limit_currency || ' (' || pool || '): too few buyers around them ('
                        || cast(buyers as varchar) || ') to learn from'
            end,
            '; ' order by pool, limit_currency
        ) as wording
    from shares
    having count(*) > 0

),

told as (

    select
        matched.typology,
        matched.shipments,
        matched.unread,
        case
            when matched.tested = 'yes' and unlearned.is_whole then 'not tested: ' || unlearned.wording
            when
                matched.tested = 'yes'
                and matched.typology = 'description_mismatch'
                and matched.shipments < $min_word_shipments
                then
                    'not tested: too few shipments with description and tariff number ('
                    || cast(matched.shipments as varchar) || ') to learn words from'
            else matched.tested
        end as tested,
        case
            when matched.tested = 'yes' and not unlearned.is_whole then 'not tested ' || unlearned.wording
        end as untaught
    from matched
    left join unlearned on matched.typology = unlearned.typology

),

counted as (

    select
        told.typology,
        told.tested,
        case when told.tested = 'yes' then told.shipments else 0 end as rows,
        seen.shipments,
        coalesce(flag_counts.flags, 0) as flags,
        cast(seen.first_day as varchar) || ' to ' || cast(seen.last_day as varchar) as "window",
        nullif(
            concat_ws(
                '; ',
                case
                    when told.typology <> 'informal_entry_split' or told.tested <> 'yes' then null
                    when not ways.has_conveyance then 'by conveyance and consignee: not tested: no conveyance_id'
                    when not ways.has_order then 'by order: not tested: no order_id'
                end,
                told.untaught,
                told.unread
            ),
            ''
        ) as note
    from told
    cross join seen
    cross join ways
    left join flag_counts on told.typology = flag_counts.typology

)

select * from counted
