-- What was measured of one possible_daily_limit flag.
-- grain: flag_id

with
members as (select * from int_members__possible_daily_limit),

pairs as (select * from int_pairs__of_possible_days),

days as (select * from int_days__claimed_by_identities),

ranked as (

    select
        pairs.*,
        row_number() over (
            partition by flag_id
            order by probability asc, identity_id_l asc, identity_id_r asc
        ) as place
    from pairs

),

weighed as (

    select
        flag_id,
        max(case when place = 1 then name end) as name,
        max(case when place = 1 then unit end) as unit,
        max(case when place = 1 then phone end) as phone,
        max(case when place = 1 then email end) as email,
        max(case when place = 1 then kind end) as kind,
        max(case when place = 1 then pairs_of_one end) as pairs_of_one,
        max(case when place = 1 then pairs_of_two end) as pairs_of_two,
        count(*) as pair_count,
        string_agg(
            concat_ws(' ', alias_id_l, alias_id_r, cast(cast(probability as decimal(18, 3)) as varchar)),
            '|' order by identity_id_l, identity_id_r
        ) as pairs
    from ranked
    group by flag_id

),

flagged as (

    select distinct
        members.flag_id,
        members.part_id
    from members
    inner join days on
        members.part_id = days.identity_id
        and members.arrival_date = days.arrival_date
        and members.pool = days.pool
        and members.limit_amount = days.limit_amount
        and members.limit_currency = days.limit_currency
    where days.is_over_limit

),

flagged_parts as (

    select
        flag_id,
        count(*) as part_count
    from flagged
    group by flag_id

),

summed as (

    select
        flag_id,
        min(identity_id) as identity_id,
        min(subject) as subject,
        min(arrival_date) as arrival_date,
        count(*) as shipments,
        count(distinct part_id) as identity_count,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        min(probability) as probability,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        summed.flag_id,
        $regime as regime,
        'possible_daily_limit' as typology,
        summed.identity_id,
        summed.subject,
        summed.arrival_date as window_start,
        summed.arrival_date as window_end,
        summed.shipments,
        summed.total_usd,
        summed.limit_amount,
        summed.limit_currency,
        cast(
            summed.total_usd
            * (1 - cast(summed.limit_amount as double) / cast(summed.total_amount as double))
            as decimal(18, 2)
        ) as excess_usd,
        'inferred' as strength,
        summed.probability as size,
        summed.rule_id,
        summed.legal_basis,
        summed.total_amount,
        summed.identity_count,
        coalesce(flagged_parts.part_count, 0) as identities_over_limit,
        summed.probability,
        weighed.pairs,
        weighed.name,
        weighed.unit,
        weighed.phone,
        weighed.email,
        weighed.kind,
        weighed.pairs_of_one,
        weighed.pairs_of_two,
        weighed.pairs_of_one + weighed.pairs_of_two < $min_learned_pairs as is_barely_learned,
        summed.is_certain
    from summed
    inner join weighed on summed.flag_id = weighed.flag_id
    left join flagged_parts on summed.flag_id = flagged_parts.flag_id

)

select * from measured
