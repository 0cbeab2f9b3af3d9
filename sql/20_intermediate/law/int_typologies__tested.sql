-- One typology: what hinders its test, of the columns, of what could be learned or of some of its ways.
-- grain: typology

with
matched as (select * from int_typologies__matched_to_fields),

fields as (select * from int_fields__filled),

shares as (select * from structuring_shares),

ways as (

    select
        coalesce(max(case when carried like '%|order_id|%' then 1 end), 0) = 1 as has_order,
        coalesce(max(case when carried like '%|conveyance_id|%' then 1 end), 0) = 1 as has_conveyance
    from fields

),

unlearned as (

    select
        'structuring' as typology,
        count(*) filter (where is_learned) = 0 as is_whole,
        string_agg(case when not is_learned then limit_currency end, '|' order by pool, limit_currency) as currencies,
        string_agg(case when not is_learned then pool end, '|' order by pool, limit_currency) as pools,
        string_agg(
            case when not is_learned then cast(buyers as varchar) end, '|' order by pool, limit_currency
        ) as buyers
    from shares
    having count(*) > 0

),

hindered as (

    select
        matched.typology,
        matched.shipments,
        matched.absent,
        matched.needed,
        matched.missed_shipments,
        matched.missed_fields,
        case
            when matched.obstacle is not null then matched.obstacle
            when unlearned.is_whole then 'few_buyers'
            when matched.typology = 'description_mismatch' and matched.shipments < $min_word_shipments then 'few_words'
        end as obstacle,
        case when matched.obstacle is null then unlearned.currencies end as unlearned_currencies,
        case when matched.obstacle is null then unlearned.pools end as unlearned_pools,
        case when matched.obstacle is null then unlearned.buyers end as unlearned_buyers,
        case
            when matched.typology <> 'informal_entry_split' then null
            when not ways.has_conveyance then 'conveyance'
            when not ways.has_order then 'order'
        end as way_without_column
    from matched
    cross join ways
    left join unlearned on matched.typology = unlearned.typology

)

select * from hindered
