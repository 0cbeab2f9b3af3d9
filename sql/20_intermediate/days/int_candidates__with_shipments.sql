-- One shipment of what a typology considered, whether it was flagged or fell below the line.
-- grain: candidate_id, shipment_uid

with
groups as (select * from inferred_orders),

lots as (select * from inferred_order_lots),

tests as (select * from structuring_tests),

near_days as (

    select * from int_days__of_no_split_order
    where is_near

),

totals as (

    select * from int_shipments__summed_to_identity_day
    where
        is_certain
        and limit_amount is not null
        and shipments >= $min_pieces
        and not is_over_limit
        and total_amount >= cast(limit_amount * $min_candidate_share as decimal(18, 4))

),

shipments as (

    select * from int_shipments__beside_limits
    where is_free

),

considered as (

    select
        'inferred_order_split' as typology,
        groups.lots_key as candidate_key,
        groups.identity_id,
        groups.score,
        cast($min_lot_score as double) as line,
        lots.shipment_uid
    from groups
    inner join lots on groups.lots_key = lots.lots_key
    union all
    select
        'structuring' as typology,
        concat_ws('|', tests.identity_id, tests.pool, tests.limit_currency, cast(tests.quarter_start as varchar))
            as candidate_key,
        tests.identity_id,
        1 - tests.q_value as score,
        1 - cast($structuring_false_share as double) as line,
        shipments.shipment_uid
    from tests
    inner join near_days on
        tests.identity_id = near_days.identity_id
        and tests.pool = near_days.pool
        and tests.limit_currency = near_days.limit_currency
        and tests.quarter_start = near_days.quarter_start
    inner join shipments on
        near_days.identity_id = shipments.identity_id
        and near_days.pool = shipments.pool
        and near_days.limit_currency = shipments.limit_currency
        and near_days.arrival_date = shipments.arrival_date
    union all
    select
        'daily_limit' as typology,
        concat_ws('|', totals.identity_id, totals.pool, cast(totals.arrival_date as varchar), totals.rule_id)
            as candidate_key,
        totals.identity_id,
        cast(totals.total_amount as double) / cast(totals.limit_amount as double) as score,
        cast(1 as double) as line,
        shipments.shipment_uid
    from totals
    inner join shipments on
        totals.identity_id = shipments.identity_id
        and totals.pool = shipments.pool
        and totals.arrival_date = shipments.arrival_date
        and totals.limit_amount = shipments.limit_amount
        and totals.limit_currency = shipments.limit_currency

),

keyed as (

    select
        'c' || left(md5(concat_ws('|', $regime, typology, candidate_key)), $id_digits) as candidate_id,
        typology,
        identity_id,
        -- halfway between two of them engines round doubles apart, and decimals alike
        cast(round(cast(score as decimal(18, 9)), $score_digits) as double) as score,
        round(line, $score_digits) as line,
        shipment_uid
    from considered

)

select * from keyed
