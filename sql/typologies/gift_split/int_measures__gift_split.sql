-- What was measured of one gift_split flag.
-- grain: flag_id

with
members as (select * from int_members__gift_split),

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
        max(limit_amount) as limit_amount,
        min(limit_currency) as limit_currency,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        count(distinct arrival_date) as days,
        count(*) filter (where is_sold) as sold_count,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis,
        count(distinct identity_id) as consignees,
        bool_or(is_of_many) as is_of_many,
        not bool_or(is_of_many) and sum(amount) > max(limit_amount) as is_over_limit
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'gift_split' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        case when is_over_limit then limit_amount end as limit_amount,
        case when is_over_limit then limit_currency end as limit_currency,
        case
            when is_over_limit
                then
                    cast(
                        total_usd * (1 - cast(limit_amount as double) / cast(total_amount as double)) as decimal(18, 2)
                    )
        end as excess_usd,
        case when sold_count > 0 and is_over_limit then 'inferred' else 'supporting' end as strength,
        case when is_over_limit then 1 - cast(limit_amount as double) / cast(total_amount as double) else 0.0 end
            as size,
        rule_id,
        legal_basis,
        total_amount,
        days,
        sold_count,
        consignees,
        is_of_many,
        is_over_limit
    from summed

)

select * from measured
