-- One amount that shipments of a party or a route had under one limit: how often, and from how many sellers or buyers.
-- grain: unit_kind, unit, limit_currency, limit_amount, amount

with
shipments as not materialized (
    select * from int_shipments__beside_limits
    where pool in ('standard', 'informal entry')
),

kinds as (

    select 'all' as unit_kind
    union all
    select 'seller' as unit_kind
    union all
    select 'filer' as unit_kind
    union all
    select 'carrier' as unit_kind
    union all
    select 'route' as unit_kind

),

-- the few amounts around a limit say of which parties and routes there is enough to be told
around as (

    select * from shipments
    where
        amount >= cast(limit_amount * (1 - $around_limit_share) as decimal(18, 4))
        and amount <= cast(limit_amount * (1 + $around_limit_share) as decimal(18, 4))

),

units as (

    select
        kinds.unit_kind,
        case kinds.unit_kind
            when 'all' then 'all shipments'
            when 'seller' then around.seller
            when 'filer' then around.filer
            when 'carrier' then around.carrier
            else around.route
        end as unit,
        around.limit_currency,
        around.limit_amount
    from around
    cross join kinds
    group by all
    having count(*) >= $min_unit_shipments

),

told_kinds as (select distinct unit_kind from units),

of_units as not materialized (

    select
        told_kinds.unit_kind,
        shipments.limit_currency,
        shipments.limit_amount,
        shipments.amount,
        case told_kinds.unit_kind
            when 'all' then 'all shipments'
            when 'seller' then shipments.seller
            when 'filer' then shipments.filer
            when 'carrier' then shipments.carrier
            else shipments.route
        end as unit,
        case when told_kinds.unit_kind = 'seller' then shipments.buyer else shipments.seller end as source
    from shipments
    cross join told_kinds

),

counted as (

    select
        of_units.unit_kind,
        of_units.unit,
        of_units.limit_currency,
        of_units.limit_amount,
        of_units.amount,
        count(*) as shipments,
        count(distinct of_units.source) as sources
    from of_units
    inner join units on
        of_units.unit_kind = units.unit_kind
        and of_units.unit = units.unit
        and of_units.limit_currency = units.limit_currency
        and of_units.limit_amount = units.limit_amount
    group by
        of_units.unit_kind, of_units.unit, of_units.limit_currency, of_units.limit_amount, of_units.amount

)

select * from counted
