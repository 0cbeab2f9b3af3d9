-- One consignment, or other unit that a relief is about: within the limit piece by piece and over it together.
-- grain: flag_id

with
pieces as (select * from int_shipments__grouped_by_consignment),

summed as (

    select
        group_key,
        way,
        provision,
        limit_currency,
        min(identity_id) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        count(distinct order_id) as order_count,
        min(case when is_unit_known then 1 else 0 end) = 1 as is_unit_known,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        max(case when is_unverified then 1 else 0 end) = 1 as is_unverified,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from pieces
    group by group_key, way, provision, limit_currency

),

named as (

    select
        summed.*,
        group_key || ', ' || provision as subject
    from summed
    where
        shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end

),

keyed as (

    select
        flag_id($regime, 'consignment_split', subject, rule_id, $id_digits) as flag_id,
        named.*
    from named

)

select * from keyed
