-- One shipment whose origin is free or pays less, while what else is known points to one without exemption or dearer.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

stretches as (select * from int_origins__suspended),

layered as (select * from int_origins__layered),

goods as (select * from int_goods__on_duty_lists),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'origin_mismatch'
),

sent as (

    select
        shipments.shipment_uid,
        shipments.amount,
        coalesce('seller ' || shipments.sender, 'seller not known') as sender,
        shipments.week_start,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.hts_code,
        shipments.origin_country,
        shipments.shipper_country,
        -- what comes by truck comes from where it is stocked, be its shipper at home where it is made
        case
            when
                coalesce(shipments.mode <> 'truck', true)
                or coalesce(shipments.shipper_country <> shipments.origin_country, true)
                then shipments.export_country
        end as export_country,
        case
            when shipments.mode = 'mail'
                then regexp_extract(upper(shipments.shipment_id), '^[A-Z][A-Z][0-9]{9}([A-Z][A-Z])$', 1)
        end as posted_country,
        shipments.is_claimed and shipments.is_available as is_free,
        coalesce(shipments.entry_route in ('informal', 'formal'), false) as is_entered
    from shipments
    where shipments.origin_country is not null

),

countries as (

    select distinct origin_country as country
    from layered
    union
    select distinct origin_country as country
    from stretches

),

apart as (

    select
        sent.*,
        countries.country as other_country,
        coalesce(sent.shipper_country = countries.country, false) as is_shipped_from,
        coalesce(sent.export_country = countries.country, false) as is_exported_from,
        coalesce(sent.posted_country = countries.country, false) as is_posted_from
    from sent
    inner join countries on
        sent.shipper_country = countries.country
        or sent.export_country = countries.country
        or sent.posted_country = countries.country
    where sent.origin_country <> countries.country

),

-- the exemption is what a claim gains by another origin
free as (

    select
        apart.*,
        cast(null as varchar) as layer,
        cast(null as decimal(18, 8)) as rate,
        cast(null as decimal(18, 8)) as claimed_rate
    from apart
    inner join stretches on
        apart.other_country = stretches.origin_country
        and apart.arrival_date >= stretches.suspended_from
        and apart.arrival_date < stretches.suspended_to
    where apart.is_free

),

rated as (

    select
        apart.shipment_uid,
        apart.other_country,
        of_other.layer,
        max(of_other.rate) as rate,
        coalesce(max(of_claimed.rate), 0) as claimed_rate
    from apart
    inner join layered as of_other on
        apart.other_country = of_other.origin_country
        and apart.arrival_date >= of_other.valid_from
        and apart.arrival_date < of_other.valid_to
    left join goods on
        apart.hts_code = goods.hts_code
        and apart.arrival_date = goods.arrival_date
        and of_other.scheme = goods.scheme
    left join layered as of_claimed on
        apart.origin_country = of_claimed.origin_country
        and of_other.layer = of_claimed.layer
        and of_other.goods_list = of_claimed.goods_list
        and apart.arrival_date >= of_claimed.valid_from
        and apart.arrival_date < of_claimed.valid_to
    where
        apart.is_entered
        and not apart.is_free
        and (of_other.goods_list = '' or of_other.goods_list = goods.goods_list)
    group by apart.shipment_uid, apart.other_country, of_other.layer

),

dearest as (

    select * from rated
    where rate > claimed_rate
    qualify row_number() over (
            partition by shipment_uid, other_country
            order by rate - claimed_rate desc, layer asc
        ) = 1

),

-- an added duty is what an entry gains by it
entered as (

    select
        apart.*,
        dearest.layer,
        dearest.rate,
        dearest.claimed_rate
    from apart
    inner join dearest on apart.shipment_uid = dearest.shipment_uid and apart.other_country = dearest.other_country

),

pointed_to as (

    select * from free
    union all
    select * from entered

),

pointed as (

    select * from pointed_to
    qualify row_number() over (partition by shipment_uid order by other_country) = 1

),

signed as (

    select
        pointed.*,
        case when is_shipped_from then 1 else 0 end + case when is_exported_from then 1 else 0 end
        + case when is_posted_from then 1 else 0 end as sign_count,
        typologies.rule_id,
        typologies.source as legal_basis,
        sender || ', week of ' || cast(week_start as varchar) || ', ' || other_country || ' as '
        || pointed.origin_country || case when pointed.is_free then '' else ', entries' end as subject
    from pointed
    inner join typologies on
        pointed.arrival_date >= typologies.valid_from
        and pointed.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')

),

members as (

    select
        flag_id($regime, 'origin_mismatch', subject, rule_id, $id_digits) as flag_id,
        signed.*
    from signed

)

select * from members
