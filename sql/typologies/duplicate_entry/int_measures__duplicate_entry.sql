-- What was measured of one duplicate_entry flag.
-- grain: flag_id

with
members as (select * from int_members__duplicate_entry),

summed as (

    select
        flag_id,
        min(subject) as subject,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        count(distinct entry_number) as entries,
        count(distinct value_usd) as amounts,
        count(distinct description) as descriptions,
        count(goods) = count(*)
        and count(distinct goods) = 1
        and count(quantity) = count(*)
        and min(quantity) = max(quantity) as is_of_one_content,
        count(*) filter (where is_claimed) as claimed_count,
        count(*) filter (where is_entered) as entered_count,
        count(distinct identity_id) as consignees,
        count(*) = count(*) filter (where is_informal) as is_all_informal,
        max(case when is_claimed then value_usd end) as claimed_usd,
        cast(sum(case when is_entered then value_usd end) as decimal(18, 2)) as entered_usd,
        min(value_usd) as lowest_usd,
        max(value_usd) as highest_usd,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

told as (

    select
        summed.*,
        case
            when claimed_count > 0 and entered_count > 0
                then case when entered_usd < claimed_usd then 'claim entered lower' else 'claim entered' end
            when amounts > 1 and is_of_one_content then 'other value'
            when entered_count = shipments and (amounts > 1 or descriptions > 1) then 'parts'
            else 'again'
        end as way
    from summed

),

measured as (

    select
        flag_id,
        $regime as regime,
        'duplicate_entry' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case
            when way in ('claim entered', 'parts') or (consignees > 1 and entered_count = shipments) then 'supporting'
            when way = 'again' and not is_all_informal then 'objective'
            else 'inferred'
        end as strength,
        1 - 1 / cast(case when entries > 1 then entries else shipments end as double) as size,
        rule_id,
        legal_basis,
        way,
        entries,
        amounts,
        descriptions,
        case when entered_count = shipments then consignees else 1 end as consignees,
        way = 'again' and is_all_informal as is_maybe_cut,
        claimed_usd,
        entered_usd,
        lowest_usd,
        highest_usd
    from told

)

select * from measured
