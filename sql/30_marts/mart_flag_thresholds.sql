-- One flag and threshold on who is who: does it stand there, with how much; flags that only it would raise, too.
-- grain: flag_id, threshold

with
flags as (select * from mart_flags),

thresholds as (select * from identity_thresholds),

regrouped as (select * from int_flags__regrouped_by_threshold),

joined as (select * from int_flags__joined_by_threshold),

days as (select * from int_shipments__summed_to_joined_day),

conveyances as (select * from int_shipments__summed_to_joined_conveyance),

larger as (

    select
        group_id,
        threshold,
        'daily_limit' as typology,
        cast(identity_count as varchar) || ' identities as one (' || first_identity_id || ', ' || last_identity_id
        || '), ' || cast(arrival_date as varchar) || ', ' || pool as subject,
        arrival_date as window_end,
        shipments,
        total_usd
    from days
    union all
    select
        group_id,
        threshold,
        'informal_entry_split' as typology,
        cast(identity_count as varchar) || ' identities as one (' || first_identity_id || ', ' || last_identity_id
        || '), conveyance ' || conveyance_id || ', ' || cast(arrival_date as varchar) as subject,
        arrival_date as window_end,
        shipments,
        total_usd
    from conveyances

),

flags_of_groups as (

    select
        joined.group_id,
        joined.threshold,
        min(flags.flag_id) as flag_id,
        cast(sum(flags.shipments) as bigint) as shipments,
        cast(sum(flags.total_usd) as decimal(18, 2)) as total_usd
    from joined
    inner join flags on joined.flag_id = flags.flag_id
    group by joined.group_id, joined.threshold

),

-- what a larger group adds is told by the first of its flags, so that the sum over flags is that of the group
growth as (

    select
        flags_of_groups.flag_id,
        flags_of_groups.threshold,
        cast(sum(greatest(larger.shipments - flags_of_groups.shipments, 0)) as bigint) as shipments,
        cast(sum(greatest(larger.total_usd - flags_of_groups.total_usd, 0)) as decimal(18, 2)) as total_usd
    from flags_of_groups
    inner join larger on
        flags_of_groups.group_id = larger.group_id
        and flags_of_groups.threshold = larger.threshold
    group by flags_of_groups.flag_id, flags_of_groups.threshold

),

raised as (

    select
        flags.flag_id,
        thresholds.threshold,
        thresholds.standing,
        flags.regime,
        flags.typology,
        flags.subject,
        flags.window_end,
        true as is_raised,
        coalesce(regrouped.is_over_limit, true) as stands,
        coalesce(regrouped.shipments, flags.shipments + coalesce(growth.shipments, 0)) as shipments,
        cast(
            coalesce(regrouped.total_usd, flags.total_usd + coalesce(growth.total_usd, 0)) as decimal(18, 2)
        ) as total_usd
    from flags
    cross join thresholds
    left join regrouped on flags.flag_id = regrouped.flag_id and thresholds.threshold = regrouped.threshold
    left join growth on flags.flag_id = growth.flag_id and thresholds.threshold = growth.threshold

),

added as (

    select
        larger.group_id as flag_id,
        larger.threshold,
        thresholds.standing,
        $regime as regime,
        larger.typology,
        larger.subject,
        larger.window_end,
        false as is_raised,
        true as stands,
        larger.shipments,
        larger.total_usd
    from larger
    inner join thresholds on larger.threshold = thresholds.threshold
    left join flags_of_groups on
        larger.group_id = flags_of_groups.group_id
        and larger.threshold = flags_of_groups.threshold
    where flags_of_groups.flag_id is null

),

united as (

    select * from raised
    union all
    select * from added

)

select * from united
