-- Which consignees this run compares: all, or where they are very many only those who can matter (hot).
-- grain: resolve

with
parties as (select * from parties),

counted as (
    select count(*) as party_count from parties
),

chosen as (

    select
        case
            when $resolve in ('all', 'hot') then $resolve
            when $regime = 'us' and party_count > $most_compared_whole then 'hot'
            else 'all'
        end as resolve
    from counted

)

select * from chosen
