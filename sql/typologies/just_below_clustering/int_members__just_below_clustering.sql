-- One shipment of a just_below_clustering flag: of the party or route, just below the limit.
-- grain: flag_id, shipment_uid

with
tests as (

    select * from clustering_tests
    where
        unit_kind <> 'all'
        and q_value <= $clustering_false_share
        and elsewhere_share <= $max_elsewhere_share

),

shipments as (
    select * from int_shipments__beside_limits
    where pool in ('standard', 'informal entry')
),

kinds as (

    select 'seller' as unit_kind
    union all
    select 'filer' as unit_kind
    union all
    select 'carrier' as unit_kind
    union all
    select 'route' as unit_kind

),

typologies as (

    select * from ref_typologies
    where regime = $regime and typology = 'just_below_clustering'

),

below as (

    select * from shipments
    where
        is_free
        and amount <= limit_amount
        and amount > cast(limit_amount * (1 - $near_limit_share) as decimal(18, 4))

),

of_units as (

    select
        kinds.unit_kind,
        below.*,
        case kinds.unit_kind
            when 'seller' then below.seller
            when 'filer' then below.filer
            when 'carrier' then below.carrier
            when 'route' then below.route
        end as unit
    from below
    cross join kinds

),

near as (

    select
        tests.unit_kind,
        tests.unit,
        tests.limit_currency,
        tests.limit_amount,
        tests.method,
        tests.p_value,
        tests.q_value,
        tests.tests,
        tests.elsewhere,
        tests.elsewhere_share,
        tests.excess,
        tests.excess_low,
        tests.excess_high,
        tests.heaped_share,
        tests.once_statistic,
        tests.at_limit,
        of_units.shipment_uid,
        of_units.arrival_date,
        of_units.amount,
        of_units.value_usd,
        of_units.is_certain,
        typologies.rule_id,
        coalesce(of_units.entry_basis, typologies.source) as legal_basis,
        tests.unit_kind || ' ' || tests.unit || ', ' || tests.limit_currency || ' '
        || cast(tests.limit_amount as varchar) as subject
    from tests
    inner join of_units on
        tests.unit_kind = of_units.unit_kind
        and tests.unit = of_units.unit
        and tests.limit_currency = of_units.limit_currency
        and tests.limit_amount = of_units.limit_amount
    inner join typologies on
        of_units.arrival_date >= typologies.valid_from
        and of_units.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

members as (

    select
        flag_id($regime, 'just_below_clustering', subject, rule_id, $id_digits) as flag_id,
        near.*
    from near

)

select * from members
