-- One shipment of a candidate.
-- grain: candidate_id, shipment_uid

with
pieces as (select * from int_candidates__with_shipments),

named as (

    select
        candidate_id,
        shipment_uid
    from pieces

)

select * from named
