-- One flag that a run raised, dropped or changed, and one cause of it; the amounts of a run add up to its difference.
-- grain: run_id, flag_id, cause

with
pieces as (select * from int_shipments__compared_with_last_run),

facts as (select * from run_facts),

past as (select * from past_run_changes),

flags as (

    select
        flag_id,
        max(case when is_in_now then 1 else 0 end) = 1 as is_there_now,
        max(case when is_in_before then 1 else 0 end) = 1 as was_there_before,
        max(case when is_new_day then 1 else 0 end) = 1 as has_new_day,
        max(case when is_new then 1 else 0 end) = 1 as has_new,
        max(case when is_amended then 1 else 0 end) = 1 as has_amended,
        max(case when is_moved then 1 else 0 end) = 1 as has_moved,
        max(case when is_moved and is_judged then 1 else 0 end) = 1 as has_judged,
        coalesce(max(case when is_in_now then strength end), max(strength)) as strength,
        coalesce(max(case when is_in_now then window_end end), max(window_end)) as window_end
    from pieces
    group by flag_id

),

-- a flag that comes or goes has one cause, the first that applies; of one that stays each piece has its own
told as (

    select
        pieces.flag_id,
        pieces.typology,
        flags.strength,
        flags.window_end,
        case
            when not flags.was_there_before then 'appeared'
            when not flags.is_there_now then 'gone'
            else 'changed'
        end as change,
        case
            when flags.is_there_now and flags.was_there_before
                then
                    case
                        when pieces.is_new_day then 'new_data'
                        when pieces.is_new or pieces.is_amended then 'late_data'
                        when pieces.is_moved and pieces.is_judged then 'judgements'
                        when pieces.is_moved then 'identity'
                    end
            when flags.has_new_day then 'new_data'
            when flags.has_new or flags.has_amended then 'late_data'
            when flags.has_judged then 'judgements'
            when flags.has_moved then 'identity'
        end as cause,
        pieces.usd_now,
        pieces.usd_before,
        pieces.is_in_now <> pieces.is_in_before or pieces.usd_now <> pieces.usd_before as is_different
    from pieces
    inner join flags on pieces.flag_id = flags.flag_id

),

settled as (

    select
        facts.run_id,
        facts.last_run_id,
        told.flag_id,
        told.typology,
        told.strength,
        told.window_end,
        told.change,
        coalesce(
            told.cause,
            case
                when facts.is_other_law then 'rules'
                when facts.is_other_setting then 'settings'
                when facts.is_other_program then 'program'
                else 'others'
            end
        ) as cause,
        told.usd_now,
        told.usd_before
    from told
    cross join facts
    where told.is_different

),

changes as (

    select
        run_id,
        last_run_id,
        flag_id,
        typology,
        change,
        cause,
        cast(sum(usd_now) - sum(usd_before) as decimal(18, 2)) as usd_change,
        strength,
        window_end
    from settled
    group by run_id, last_run_id, flag_id, typology, change, cause, strength, window_end

),

united as (

    select
        run_id,
        last_run_id,
        flag_id,
        typology,
        change,
        cause,
        usd_change,
        strength,
        window_end
    from past
    union all
    select * from changes

)

select * from united
