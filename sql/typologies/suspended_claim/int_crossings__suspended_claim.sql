-- One shipment that claims an exemption which was not on offer for its day, origin and mode.
-- grain: flag_id
-- by: shipment_uid

with
shipments as (select * from int_shipments__matched_to_rules),

claims as (

    select
        shipments.*,
        coverage = 'known' as is_certain,
        'shipment ' || shipment_uid as subject
    from shipments
    where
        exemption_claimed
        and exemption_basis <> 'assumed'
        and not is_available
        and rule_id is not null
        and arrival_date between $from_date and $to_date

),

keyed as (

    select
        flag_id($regime, 'suspended_claim', subject, rule_id, $id_digits) as flag_id,
        claims.*
    from claims

)

select * from keyed
