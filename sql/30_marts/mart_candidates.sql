-- One thing that a typology considered: flagged, or below its line.
-- grain: candidate_id

with
pieces as (select * from int_candidates__with_shipments),

shipments as (select * from mart_shipments),

candidates as (

    select
        pieces.candidate_id,
        pieces.typology,
        pieces.identity_id,
        pieces.score,
        pieces.line,
        pieces.score >= pieces.line and pieces.typology <> 'daily_limit' as is_above,
        min(shipments.arrival_date) as window_start,
        max(shipments.arrival_date) as window_end,
        count(*) as shipments,
        cast(sum(shipments.value_usd) as decimal(18, 2)) as total_usd
    from pieces
    inner join shipments on pieces.shipment_uid = shipments.shipment_uid
    group by pieces.candidate_id, pieces.typology, pieces.identity_id, pieces.score, pieces.line

)

select * from candidates
