-- One description_mismatch flag in words and figures.
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

described as (

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
        'The description of ' || cast(shipments as varchar)
        || case when shipments = 1 then ' shipment' else ' shipments' end
        || ' reads as goods of chapter ' || usual_chapter || ' (' || telling_words || ': '
        || cast(usual_shipments as varchar) || ' other shipments); the tariff number is of chapter ' || hts_chapter
        || '.' as reason,
        concat_ws(
            ', ',
            case when products > 0 then '"The product number is given: the seller can say what it is."' end
        ) as counter_reasons,
        rule_id,
        legal_basis,
        concat_ws(
            ', ',
            '"chapter": "' || hts_chapter || '"',
            '"usual_chapter": "' || usual_chapter || '"'
        ) as attributes
    from summed

)

select * from described
