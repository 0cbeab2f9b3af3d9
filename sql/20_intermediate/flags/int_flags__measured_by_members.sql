-- One flag and what its shipments say about it: who carried them, how they were dated and named.
-- grain: flag_id

with
members as (select * from int_members__united),

shipments as (select * from int_shipments__given_one_rule),

health as (select * from identity_health),

measured as (

    select
        members.flag_id,
        count(*) as shipments,
        count(distinct shipments.carrier_code) as carriers,
        count(distinct shipments.filer_code) as filers,
        count(distinct shipments.port_of_entry) as ports,
        count(distinct shipments.mode) as modes,
        count(*) filter (where shipments.mode = 'mail') as mail_count,
        count(distinct shipments.alias_id) as aliases,
        count(distinct coalesce(shipments.seller_id, shipments.seller_name)) as sellers,
        count(distinct shipments.order_id) as orders,
        count(*) filter (where shipments.date_basis <> 'arrival') as other_date_count,
        count(*) filter (where shipments.exemption_basis = 'assumed') as assumed_claim_count,
        count(*) filter (where shipments.is_near_midnight) as near_midnight_count,
        count(*) filter (where shipments.person_role <> 'consignee') as owner_count,
        count(*) filter (where shipments.value_basis = 'proxy') as proxy_value_count,
        count(*) filter (
            where lower(
                concat_ws(' ', shipments.consignee_name, shipments.consignee_address, shipments.consignee_address2)
            )
            like '%c/o %'
        ) as care_of_count,
        case
            when count(distinct shipments.alias_id) = 1 then cast(1 as double)
            else coalesce(min(health.weakest_link), 1)
        end as weakest_link
    from members
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    left join health on shipments.identity_id = health.identity_id
    group by members.flag_id

)

select * from measured
