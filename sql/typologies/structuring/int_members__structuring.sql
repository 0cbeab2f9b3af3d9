-- One shipment of a structuring flag.
-- grain: flag_id, shipment_uid

with
tests as (

    select * from structuring_tests
    where q_value <= $structuring_false_share and near_days >= $min_near_days

),

days as (

    select * from int_days__of_no_split_order
    where is_near

),

shipments as (select * from int_shipments__beside_limits),

typologies as (

    select * from ref_typologies
    where regime = $regime and typology = 'structuring'

),

free as (

    select * from shipments
    where is_free

),

near as (

    select
        tests.identity_id,
        tests.near_days,
        tests.around_days,
        tests.usual_share,
        tests.spread,
        tests.buyers,
        tests.method,
        tests.p_value,
        tests.q_value,
        tests.tests,
        tests.one_in,
        free.shipment_uid,
        free.arrival_date,
        free.amount,
        free.value_usd,
        free.limit_amount,
        free.limit_currency,
        free.is_certain,
        typologies.rule_id,
        coalesce(free.entry_basis, typologies.source) as legal_basis,
        tests.identity_id || ', ' || tests.pool || ', ' || tests.limit_currency || ', quarter from '
        || cast(tests.quarter_start as varchar) as subject
    from tests
    inner join days on
        tests.identity_id = days.identity_id
        and tests.pool = days.pool
        and tests.limit_currency = days.limit_currency
        and tests.quarter_start = days.quarter_start
    inner join free on
        days.identity_id = free.identity_id
        and days.pool = free.pool
        and days.limit_currency = free.limit_currency
        and days.arrival_date = free.arrival_date
    inner join typologies on
        free.arrival_date >= typologies.valid_from
        and free.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

members as (

    select
        flag_id($regime, 'structuring', subject, rule_id, $id_digits) as flag_id,
        near.*
    from near

)

select * from members
