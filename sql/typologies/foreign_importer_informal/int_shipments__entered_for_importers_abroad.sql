-- One informal entry whose importer of record is outside the United States, while an order or rule is about such.
-- grain: shipment_uid
-- by: shipment_uid
-- follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode
-- Where no country of the importer is given, a party of the same name tells it: the consignee before the shipper.

with
shipments as (select * from int_shipments__given_one_rule),

conditions as (select * from int_conditions__matched_to_rules),

territories as (
    select * from ref_territories
    where regime = $regime
),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'foreign_importer_informal'
),

bars as (
    select * from conditions
    where kind = 'importer_bar'
),

entered as (

    select
        shipment_uid,
        arrival_date,
        own_pool as pool,
        origin_country,
        mode,
        tested_usd,
        value_usd,
        is_import,
        entry_number,
        upper(trim(filer_code)) as filer,
        upper(trim(importer_name)) as importer,
        importer_id_hash,
        importer_country is not null as is_country_given,
        case
            when importer_country is not null then importer_country
            when upper(trim(importer_name)) = upper(trim(consignee_name)) then consignee_country
            when upper(trim(importer_name)) = upper(trim(shipper_name)) then shipper_country
        end as importer_country
    from shipments
    where is_informal and not coalesce(claim, false) and arrival_date between $from_date and $to_date

),

abroad as (

    select
        entered.shipment_uid,
        entered.arrival_date,
        entered.tested_usd as amount,
        entered.value_usd,
        entered.is_country_given,
        entered.importer_country,
        coalesce(
            'entry ' || entered.filer || ' ' || entered.entry_number,
            'entry ' || entered.entry_number,
            'shipment ' || entered.shipment_uid
        ) as entry,
        bars.is_in_force,
        bars.rule_id,
        bars.legal_basis,
        coalesce('importer ' || entered.importer, 'importer number ' || left(entered.importer_id_hash, $id_digits))
            as known_importer
    from entered
    inner join bars on
        entered.arrival_date = bars.arrival_date
        and entered.pool = bars.pool
        and entered.origin_country is not distinct from bars.origin_country
        and entered.mode is not distinct from bars.mode
    inner join typologies on
        entered.arrival_date >= typologies.valid_from
        and entered.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    left join territories on
        entered.importer_country = territories.place
        and entered.arrival_date >= territories.valid_from
        and entered.arrival_date < coalesce(territories.valid_to, date '9999-12-31')
    where entered.is_import and entered.importer_country <> upper($regime) and territories.place is null
    qualify row_number() over (partition by entered.shipment_uid order by bars.is_in_force asc, bars.rule_id asc) = 1

)

select * from abroad
