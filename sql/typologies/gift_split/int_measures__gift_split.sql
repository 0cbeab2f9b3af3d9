-- One gift_split flag in words and figures.
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
        sum(amount) > max(limit_amount) as is_over_limit
    from members
    group by flag_id

),

described as (

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
        cast(shipments as varchar) || case when shipments = 1 then ' gift' else ' gifts' end
        || ' of one sender to one person on ' || cast(days as varchar)
        || case when days = 1 then ' day' else ' near days' end
        || case
            when is_over_limit
                then
                    ', each within the gift limit of ' || limit_currency || ' ' || cast(limit_amount as varchar)
                    || ', are together worth ' || cast(total_amount as varchar) || '.'
            when shipments = 1 then ' comes from a seller or carries an order; what a firm sends is taken to be bought.'
            else ' come from a seller or carry an order; what a firm sends is taken to be bought.'
        end
        || case
            when sold_count > 0 and is_over_limit
                then
                    ' ' || cast(sold_count as varchar)
                    || ' of them come from a seller or carry an order; what a firm sends is taken to be bought.'
            else ''
        end as reason,
        concat_ws(
            ', ',
            case
                when days > 1 and is_over_limit
                    then '"The gift limit is for one day; gifts of other days are not added up."'
            end,
            case
                when not is_over_limit
                    then '"A shop may send a present for somebody who bought it there and gives it."'
            end,
            case when sold_count = 0 then '"Nothing shows that the sender is a firm."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"days": ' || cast(days as varchar),
            '"from_sellers": ' || cast(sold_count as varchar)
        ) as attributes
    from summed

)

select * from described
