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

shipments as (select * from int_shipments__of_units),

typologies as (

    select * from ref_typologies
    where regime = $regime and typology = 'just_below_clustering'

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
        shipments.shipment_uid,
        shipments.arrival_date,
        shipments.amount,
        shipments.value_usd,
        shipments.is_certain,
        typologies.rule_id,
        typologies.source as legal_basis,
        tests.unit_kind || ' ' || tests.unit || ', ' || tests.limit_currency || ' '
        || cast(tests.limit_amount as varchar) as subject
    from tests
    inner join shipments on
        tests.unit_kind = shipments.unit_kind
        and tests.unit = shipments.unit
        and tests.limit_currency = shipments.limit_currency
        and tests.limit_amount = shipments.limit_amount
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        shipments.is_free
        and shipments.amount <= shipments.limit_amount
        and shipments.amount > cast(shipments.limit_amount * (1 - $near_limit_share) as decimal(18, 4))

),

members as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'just_below_clustering', subject, rule_id)), $id_digits) as flag_id,
        near.*
    from near

)

select * from members
