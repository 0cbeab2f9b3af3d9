-- One current shipment: its lines added up, the rest taken from its first line.
-- grain: shipment_uid
-- by: shipment_uid
-- follows: int_lines__owned_by_others by landed_id

with
lines as (select * from int_lines__valued_in_usd),

owners as (select * from int_lines__owned_by_others),

regimes as (select * from ref_regimes),

ports as (
    select * from ref_port_zones
    where $time_zone = 'port'
),

totals as (

    select
        shipment_uid,
        case when count(distinct currency) = 1 then min(currency) end as currency,
        case when count(distinct currency) = 1 then cast(sum(declared_value) as decimal(18, 2)) end as declared_value,
        case
            when count(distinct currency) = 1 and count(customs_value) = count(*)
                then cast(sum(customs_value) as decimal(18, 2))
        end as customs_value,
        cast(sum(exact_value_usd) as decimal(18, 2)) as value_usd,
        cast(sum(exact_customs_value_usd) as decimal(18, 2)) as customs_value_usd,
        count(customs_value) < count(*) as is_customs_value_proxy,
        cast(sum(quantity) as decimal(18, 4)) as quantity,
        cast(sum(weight_kg) as decimal(18, 3)) as weight_kg
    from lines
    where line_count > 1
    group by shipment_uid

),

first_lines as (

    select
        lines.*,
        $regime as regime
    from lines
    where line_rank = 1

),

-- whose clock the days go by: the regime's, the port's, or the one of UTC
clocked as (

    select
        lines.*,
        case
            when $time_zone = 'UTC' then $time_zone
            when $time_zone = 'port' then coalesce(ports.time_zone, regimes.time_zone, $home_zone)
            else coalesce(regimes.time_zone, $home_zone)
        end as day_zone
    from first_lines as lines
    left join regimes on
        lines.regime = regimes.regime
        and lines.arrival_date >= regimes.valid_from
        and lines.arrival_date < coalesce(regimes.valid_to, date '9999-12-31')
    left join ports on
        substring(lines.port_of_entry, 1, 2) = ports.district
        and lines.arrival_date >= ports.valid_from
        and lines.arrival_date < coalesce(ports.valid_to, date '9999-12-31')

),

-- days land in the home zone; an instant is needed to tell them by another clock
told as (

    select
        clocked.*,
        case
            when date_basis <> 'arrival' then null
            when arrival_at is null or day_zone = $home_zone then arrival_date
            else cast(arrival_at at time zone day_zone as date)
        end as actual_arrival_date,
        case
            when released_at is null or day_zone = $home_zone then released_date
            else cast(released_at at time zone day_zone as date)
        end as release_day,
        case when $date_basis = 'entry' then cast(declared_at at time zone day_zone as date) end as entry_day,
        case
            when date_basis = 'arrival' and arrival_at is not null
                then cast(substring(cast(arrival_at at time zone day_zone as varchar), 12, 2) as integer)
        end as arrival_hour
    from clocked

),

chosen as (

    select
        told.*,
        case
            when $date_basis = 'estimated_arrival' then estimated_arrival_date
            when $date_basis = 'release' then release_day
            when $date_basis = 'entry' then entry_day
            when $date_basis = 'order' then order_date
        end as chosen_date
    from told

),

dated as (

    select
        chosen.*,
        coalesce(chosen_date, actual_arrival_date, estimated_arrival_date, release_day, arrival_date) as counted_date,
        case
            when chosen_date is not null then $date_basis
            when actual_arrival_date is not null then 'arrival'
            when estimated_arrival_date is not null then 'estimated_arrival'
            else date_basis
        end as counted_basis,
        arrival_hour < $near_midnight_hours
        or arrival_hour >= $hours_in_day - $near_midnight_hours as is_near_midnight
    from chosen

),

-- the person as the resolver is given him: the consignee, or the owner in care of the consignee's address
owned as (

    select
        dated.*,
        coalesce(owners.owner_role, 'consignee') as person_role,
        owners.owner_name,
        owners.owner_tax_id_hash,
        owners.owner_tax_id_last2,
        owners.owner_id,
        owners.owner_id_issuer,
        owners.owner_phone,
        owners.owner_email,
        coalesce(owners.owner_name, dated.consignee_name) as person_name,
        case when owners.landed_id is null then dated.consignee_phone else owners.owner_phone end as person_phone,
        case when owners.landed_id is null then dated.consignee_email else owners.owner_email end as person_email,
        case when owners.landed_id is null then dated.consignee_tax_id_hash else owners.owner_tax_id_hash end
            as person_tax_id_hash,
        case when owners.landed_id is null then dated.consignee_tax_id_deletions end as person_tax_id_deletions,
        case when owners.landed_id is null then dated.consignee_tax_id_last2 else owners.owner_tax_id_last2 end
            as person_tax_id_last2,
        case when owners.landed_id is null then dated.consignee_id else owners.owner_id end as person_id,
        case when owners.landed_id is null then dated.consignee_id_issuer else owners.owner_id_issuer end
            as person_id_issuer
    from dated
    left join owners on dated.landed_id = owners.landed_id

),

rolled_up as (

    select
        lines.shipment_uid,
        lines.shipment_id,
        case when lines.line_count > 1 then totals.currency else lines.currency end as currency,
        case when lines.line_count > 1 then totals.declared_value else lines.declared_value end as declared_value,
        case when lines.line_count > 1 then totals.customs_value else lines.customs_value end as customs_value,
        coalesce(totals.value_usd, cast(lines.exact_value_usd as decimal(18, 2))) as value_usd,
        coalesce(totals.customs_value_usd, cast(lines.exact_customs_value_usd as decimal(18, 2))) as customs_value_usd,
        coalesce(totals.is_customs_value_proxy, lines.customs_value is null) as is_customs_value_proxy,
        coalesce(totals.quantity, lines.quantity) as quantity,
        coalesce(totals.weight_kg, lines.weight_kg) as weight_kg,
        lines.line_count,
        lines.counted_date as arrival_date,
        lines.counted_basis as date_basis,
        lines.actual_arrival_date,
        lines.is_near_midnight,
        lines.source_file,
        lines.source_line,
        lines.estimated_arrival_date,
        lines.order_date,
        lines.released_date,
        lines.declared_at,
        lines.released_at,
        lines.arrival_at,
        lines.sequence_no,
        lines.consignee_name,
        lines.consignee_address,
        lines.consignee_address2,
        lines.consignee_city,
        lines.consignee_state,
        lines.consignee_postal_code,
        lines.consignee_country,
        lines.consignee_phone,
        lines.consignee_email,
        lines.consignee_tax_id_hash,
        lines.consignee_tax_id_deletions,
        lines.consignee_tax_id_last2,
        lines.consignee_id,
        lines.consignee_id_issuer,
        lines.order_id,
        lines.order_issuer,
        lines.entry_type,
        lines.mode,
        lines.carrier_code,
        lines.filer_code,
        lines.port_of_entry,
        lines.house_bill,
        lines.master_bill,
        lines.entry_number,
        lines.conveyance_id,
        lines.seller_name,
        lines.seller_id,
        lines.marketplace,
        lines.shipper_name,
        lines.shipper_address,
        lines.shipper_country,
        lines.buyer_name,
        lines.importer_name,
        lines.importer_id_hash,
        lines.importer_id_last2,
        lines.importer_country,
        lines.origin_country,
        lines.export_country,
        lines.hts_code,
        lines.description,
        lines.product_id,
        lines.has_invoice,
        lines.has_transport_document,
        lines.has_proof_of_order,
        lines.is_gift,
        lines.exemption_claimed_declared,
        lines.person_role,
        lines.owner_name,
        lines.owner_tax_id_hash,
        lines.owner_tax_id_last2,
        lines.owner_id,
        lines.owner_id_issuer,
        lines.owner_phone,
        lines.owner_email,
        'a' || left(md5(concat(
            coalesce(lines.person_name, ''),
            $field_separator,
            coalesce(lines.consignee_address, ''),
            $field_separator,
            coalesce(lines.consignee_address2, ''),
            $field_separator,
            coalesce(lines.consignee_city, ''),
            $field_separator,
            coalesce(lines.consignee_state, ''),
            $field_separator,
            coalesce(lines.consignee_postal_code, ''),
            $field_separator,
            coalesce(lines.consignee_country, ''),
            $field_separator,
            coalesce(lines.person_phone, ''),
            $field_separator,
            coalesce(lines.person_email, ''),
            $field_separator,
            coalesce(lines.person_tax_id_hash, ''),
            $field_separator,
            coalesce(lines.person_tax_id_deletions, ''),
            $field_separator,
            coalesce(lines.person_tax_id_last2, ''),
            $field_separator,
            coalesce(lines.person_id, ''),
            $field_separator,
            coalesce(lines.person_id_issuer, '')
        )), $id_digits) as alias_id
    from owned as lines
    left join totals on lines.shipment_uid = totals.shipment_uid

)

select * from rolled_up
