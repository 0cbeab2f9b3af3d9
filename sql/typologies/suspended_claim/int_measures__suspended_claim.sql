-- What was measured of one suspended_claim flag.
-- grain: flag_id

with
crossings as (select * from int_crossings__suspended_claim),

goods as (
    select * from ref_goods_conditions
    where regime = $regime and is_eligible and hts_headings is not null
),

personal as (
    select * from ref_entry_types
    where regime = $regime and pool = 'personal'
),

-- goods that the suspension may leave out, by their tariff heading
left_out as (

    select
        crossings.flag_id,
        min(goods.goods) as goods,
        min(goods.source) as source
    from crossings
    inner join goods on
        crossings.pool = goods.pool
        and crossings.arrival_date >= goods.valid_from
        and crossings.arrival_date < coalesce(goods.valid_to, date '9999-12-31')
        and '|' || goods.hts_headings || '|' like '%|' || substring(crossings.hts_code, 1, 4) || '|%'
    group by crossings.flag_id

),

told as (

    select
        crossings.*,
        left_out.goods as left_out_goods,
        left_out.source as left_out_source,
        personal.entry_type is not null and crossings.pool = 'standard' as is_sent_by_seller
    from crossings
    left join personal on
        lower(crossings.entry_type) = lower(personal.entry_type)
        and crossings.arrival_date >= personal.valid_from
        and crossings.arrival_date < coalesce(personal.valid_to, date '9999-12-31')
    left join left_out on crossings.flag_id = left_out.flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'suspended_claim' as typology,
        identity_id,
        subject,
        arrival_date as window_start,
        arrival_date as window_end,
        cast(1 as bigint) as shipments,
        value_usd as total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        case when is_certain and left_out_goods is null then 'objective' else 'inferred' end as strength,
        cast(1 as double) as size,
        rule_id,
        legal_basis,
        exemption_basis,
        coverage,
        left_out_goods,
        left_out_source,
        substring(hts_code, 1, 4) as heading,
        is_sent_by_seller,
        origin_country is not null as is_origin_known,
        is_certain
    from told

)

select * from measured
