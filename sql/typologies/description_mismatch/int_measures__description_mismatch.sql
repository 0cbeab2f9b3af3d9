-- What was measured of one description_mismatch flag.
-- grain: flag_id

with
members as (select * from int_members__description_mismatch),

summed as (

    select
        flag_id,
        min(subject) as subject,
        cast(null as varchar) as identity_id,
        min(arrival_date) as window_start,
        max(arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(value_usd) as decimal(18, 2)) as total_usd,
        min(hts_chapter) as hts_chapter,
        min(usual_chapter) as usual_chapter,
        min(telling_words) as telling_words,
        max(usual_shipments) as usual_shipments,
        count(distinct product_id) as products,
        min(rule_id) as rule_id,
        min(legal_basis) as legal_basis
    from members
    group by flag_id

),

measured as (

    select
        flag_id,
        $regime as regime,
        'description_mismatch' as typology,
        identity_id,
        subject,
        window_start,
        window_end,
        shipments,
        total_usd,
        cast(null as decimal(18, 2)) as limit_amount,
        cast(null as varchar) as limit_currency,
        cast(null as decimal(18, 2)) as excess_usd,
        'supporting' as strength,
        1 - 1 / cast(shipments + 1 as double) as size,
        rule_id,
        legal_basis,
        hts_chapter,
        usual_chapter,
        telling_words,
        usual_shipments,
        products
    from summed

)

select * from measured
