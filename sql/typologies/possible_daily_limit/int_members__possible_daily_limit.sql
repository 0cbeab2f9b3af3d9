-- One shipment of a possible_daily_limit flag.
-- grain: flag_id, shipment_uid

with
days as (select * from possible_days),

summed_days as (select * from int_days__claimed_by_identities),

shipments as (select * from int_shipments__matched_to_rules),

claimed as (

    select * from shipments
    where is_summed and limit_amount is not null and not is_oversize
    qualify row_number() over (
            partition by shipment_uid, limit_amount, limit_currency
            order by case when coverage = 'known' then 0 else 1 end, coverage
        ) = 1

),

-- what is likely to be one party, and over the limit as one
over_limit as (

    select
        days.lead_key,
        days.arrival_date,
        days.pool,
        days.limit_amount,
        days.limit_currency
    from days
    inner join summed_days on
        days.identity_id = summed_days.identity_id
        and days.arrival_date = summed_days.arrival_date
        and days.pool = summed_days.pool
        and days.limit_amount = summed_days.limit_amount
        and days.limit_currency = summed_days.limit_currency
    group by days.lead_key, days.arrival_date, days.pool, days.limit_amount, days.limit_currency
    having
        sum(summed_days.shipments) >= $min_pieces
        and case
            when $boundary = 'at' then sum(summed_days.total_amount) >= days.limit_amount
            else sum(summed_days.total_amount) > days.limit_amount
        end

),

typologies as (

    select * from ref_typologies
    where regime = $regime and typology = 'possible_daily_limit'

),

named as (

    select
        days.lead_key as identity_id,
        'identity ' || days.lead_key || ' and others, ' || cast(days.arrival_date as varchar) || ', ' || days.pool
            as subject,
        days.identity_id as part_id,
        days.probability,
        days.arrival_date,
        days.pool,
        days.limit_amount,
        days.limit_currency,
        claimed.shipment_uid,
        claimed.amount,
        claimed.value_usd,
        claimed.coverage = 'known' as is_certain,
        typologies.rule_id,
        typologies.source as legal_basis
    from days
    inner join over_limit on
        days.lead_key = over_limit.lead_key
        and days.arrival_date = over_limit.arrival_date
        and days.pool = over_limit.pool
        and days.limit_amount = over_limit.limit_amount
        and days.limit_currency = over_limit.limit_currency
    inner join claimed on
        days.identity_id = claimed.identity_id
        and days.arrival_date = claimed.arrival_date
        and days.pool = claimed.pool
        and days.limit_amount = claimed.limit_amount
        and days.limit_currency = claimed.limit_currency
    inner join typologies on
        days.arrival_date >= typologies.valid_from
        and days.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

members as (

    select
        flag_id(
            $regime,
            'possible_daily_limit',
            subject,
            concat_ws('|', cast(limit_amount as varchar), limit_currency, rule_id),
            $id_digits
        ) as flag_id,
        named.*
    from named

)

select * from members
