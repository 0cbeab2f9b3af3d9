-- One order whose lots were free one by one and were over the limit together, whatever their days.
-- grain: flag_id

with
lots as (select * from int_lots__claimed_as_exempt),

summed as (

    select
        order_key,
        pool,
        limit_currency,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        count(distinct arrival_date) as day_count,
        count(distinct identity_id) as identity_count,
        count(distinct written_number) as number_count,
        min(case when has_issuer then 1 else 0 end) = 1 as has_issuer,
        max(case when is_persons_own then 1 else 0 end) = 1 as is_persons_own,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from lots
    group by order_key, pool, limit_currency

),

named as (

    select
        summed.*,
        order_key || ', ' || pool || ', ' || limit_currency as subject
    from summed
    where
        shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end

),

keyed as (

    select
        flag_id($regime, 'order_split', subject, rule_id, $id_digits) as flag_id,
        named.*
    from named

)

select * from keyed
