-- One order, or one conveyance and consignee, entered informally piece by piece and over the informal limit together.
-- grain: flag_id

with
pieces as (select * from int_pieces__entered_informally),

summed as (

    select
        group_key,
        way,
        rule_id,
        limit_currency,
        case when count(distinct identity_id) = 1 and count(identity_id) = count(*) then min(identity_id) end
            as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(amount) as decimal(18, 2)) as total_amount,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        max(limit_amount) as limit_amount,
        min(case when has_issuer then 1 else 0 end) = 1 as has_issuer,
        min(case when is_certain then 1 else 0 end) = 1 as is_certain,
        count(is_informal) as declared_count,
        min(legal_basis) as legal_basis
    from pieces
    group by group_key, way, rule_id, limit_currency

),

named as (

    select
        summed.*,
        group_key || ', informal entry' as subject
    from summed
    where
        shipments >= $min_pieces
        and case when $boundary = 'at' then total_amount >= limit_amount else total_amount > limit_amount end

),

keyed as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'informal_entry_split', subject, rule_id)), $id_digits) as flag_id,
        named.*
    from named

)

select * from keyed
