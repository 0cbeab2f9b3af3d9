-- One amount that shipments of a party or a route had under one limit: how often, and from how many sellers or buyers.
-- grain: unit_kind, unit, limit_currency, limit_amount, amount

with
shipments as (select * from int_shipments__of_units),

units as (

    select
        unit_kind,
        unit,
        limit_currency,
        limit_amount
    from shipments
    where
        amount >= cast(limit_amount * (1 - $around_limit_share) as decimal(18, 4))
        and amount <= cast(limit_amount * (1 + $around_limit_share) as decimal(18, 4))
    group by unit_kind, unit, limit_currency, limit_amount
    having count(*) >= $min_unit_shipments

),

counted as (

    select
        shipments.unit_kind,
        shipments.unit,
        shipments.limit_currency,
        shipments.limit_amount,
        shipments.amount,
        count(*) as shipments,
        count(distinct shipments.source) as sources
    from shipments
    inner join units on
        shipments.unit_kind = units.unit_kind
        and shipments.unit = units.unit
        and shipments.limit_currency = units.limit_currency
        and shipments.limit_amount = units.limit_amount
    group by
        shipments.unit_kind, shipments.unit, shipments.limit_currency, shipments.limit_amount, shipments.amount

)

select * from counted
