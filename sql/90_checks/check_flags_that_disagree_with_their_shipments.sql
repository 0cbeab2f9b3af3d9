-- Flags whose count, total or days are not those of the shipments they name.
-- grain: flag_id

with
flags as (select * from mart_flags),

flag_shipments as (select * from mart_flag_shipments),

shipments as (select * from mart_shipments),

named as (

    select
        flag_shipments.flag_id,
        count(*) as shipments,
        sum(shipments.value_usd) as total_usd,
        min(shipments.arrival_date) as window_start,
        max(shipments.arrival_date) as window_end
    from flag_shipments
    inner join shipments on flag_shipments.shipment_uid = shipments.shipment_uid
    group by flag_shipments.flag_id

),

disagreeing as (

    select
        coalesce(flags.flag_id, named.flag_id) as flag_id,
        flags.shipments as shipments_said,
        named.shipments as shipments_named,
        flags.total_usd as total_said,
        named.total_usd as total_named
    from flags
    full outer join named on flags.flag_id = named.flag_id
    where
        flags.flag_id is null
        or named.flag_id is null
        or flags.shipments <> named.shipments
        or flags.total_usd <> named.total_usd
        or flags.window_start <> named.window_start
        or flags.window_end <> named.window_end

)

select * from disagreeing
