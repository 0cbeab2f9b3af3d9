-- One shipment claimed free by its origin, while what else is known points to one without exemption.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

stretches as (select * from int_origins__suspended),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'origin_mismatch'
),

claims as (

    select
        shipments.shipment_uid,
        shipments.amount,
        coalesce('seller ' || shipments.sender, 'seller not known') as sender,
        shipments.week_start,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.origin_country,
        shipments.shipper_country,
        shipments.export_country,
        case
            when shipments.mode = 'mail'
                then regexp_extract(upper(shipments.shipment_id), '^[A-Z][A-Z][0-9]{9}([A-Z][A-Z])$', 1)
        end as posted_country
    from shipments
    where shipments.is_claimed and shipments.is_available and shipments.origin_country is not null

),

pointed_to as (

    select
        claims.*,
        stretches.origin_country as suspended_country,
        coalesce(claims.shipper_country = stretches.origin_country, false) as is_shipped_from,
        coalesce(claims.export_country = stretches.origin_country, false) as is_exported_from,
        coalesce(claims.posted_country = stretches.origin_country, false) as is_posted_from
    from claims
    inner join stretches on
        claims.arrival_date >= stretches.suspended_from
        and claims.arrival_date < stretches.suspended_to
    where
        claims.origin_country <> stretches.origin_country
        and (
            claims.shipper_country = stretches.origin_country
            or claims.export_country = stretches.origin_country
            or claims.posted_country = stretches.origin_country
        )

),

pointed as (

    select * from pointed_to
    qualify row_number() over (partition by shipment_uid order by suspended_country) = 1

),

signed as (

    select
        pointed.*,
        case when is_shipped_from then 1 else 0 end + case when is_exported_from then 1 else 0 end
        + case when is_posted_from then 1 else 0 end as sign_count,
        typologies.rule_id,
        typologies.source as legal_basis,
        sender || ', week of ' || cast(week_start as varchar) || ', ' || suspended_country || ' as '
        || pointed.origin_country as subject
    from pointed
    inner join typologies on
        pointed.arrival_date >= typologies.valid_from
        and pointed.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

members as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'origin_mismatch', subject, rule_id)), $id_digits) as flag_id,
        signed.*
    from signed

)

select * from members
