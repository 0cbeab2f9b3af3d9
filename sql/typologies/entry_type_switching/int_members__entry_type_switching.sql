-- One shipment by the lighter of two routes, of a seller whose goods nearly all went by the other until a day.
-- The lighter route is the exemption where one is on offer, and informal entry beside formal entry.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

beside as (
    select * from int_shipments__beside_limits
    where limit_kind = 'informal entry'
),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'entry_type_switching'
),

-- only where there was a choice: a value within the exemption on offer, or within the limit of informal entry
chosen as (

    select
        shipment_uid,
        amount,
        'exemption' as lighter_route,
        sender,
        identity_id,
        arrival_date,
        value_usd,
        is_claimed as is_light
    from shipments
    where sender is not null and entry_type is not null and is_available and not is_oversize
    union all
    select
        shipments.shipment_uid,
        beside.amount,
        'informal entry' as lighter_route,
        shipments.sender,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.entry_route = 'informal' as is_light
    from shipments
    inner join beside on shipments.shipment_uid = beside.shipment_uid
    where
        shipments.sender is not null
        and shipments.entry_route in ('informal', 'formal')
        and not shipments.is_available
        and beside.amount <= beside.limit_amount

),

days as (

    select
        sender,
        lighter_route,
        arrival_date,
        count(*) as shipments,
        count(*) filter (where is_light) as light
    from chosen
    group by sender, lighter_route, arrival_date

),

summed as (

    select
        days.*,
        sum(shipments) over (
            partition by sender, lighter_route
            order by arrival_date
            rows between unbounded preceding and 1 preceding
        ) as before_count,
        sum(light) over (
            partition by sender, lighter_route
            order by arrival_date
            rows between unbounded preceding and 1 preceding
        ) as before_light,
        sum(shipments) over (
            partition by sender, lighter_route
            order by arrival_date
            rows between current row and unbounded following
        ) as after_count,
        sum(light) over (
            partition by sender, lighter_route
            order by arrival_date
            rows between current row and unbounded following
        ) as after_light
    from days

),

switches as (

    select
        sender,
        lighter_route,
        arrival_date as switched_on,
        before_count,
        before_count - before_light as before_other,
        after_count,
        after_light
    from summed
    where
        before_count >= $min_history
        and after_count >= $min_history
        and before_count - before_light >= cast($most_share as double) * before_count
        and after_light >= cast($most_share as double) * after_count
    qualify row_number() over (
            partition by sender, lighter_route
            order by
                cast(before_count - before_light as double) / cast(before_count as double)
                + cast(after_light as double) / cast(after_count as double) desc,
                arrival_date asc
        ) = 1

),

switched as (

    select
        chosen.*,
        switches.switched_on,
        switches.before_count,
        switches.before_other,
        switches.after_count,
        typologies.rule_id,
        typologies.source as legal_basis,
        'seller ' || chosen.sender || ', from ' || cast(switches.switched_on as varchar)
        || case when chosen.lighter_route = 'informal entry' then ', entries' else '' end as subject
    from chosen
    inner join switches on
        chosen.sender = switches.sender
        and chosen.lighter_route = switches.lighter_route
        and chosen.arrival_date >= switches.switched_on
        and chosen.arrival_date < switches.switched_on + $history_days
    inner join typologies on
        chosen.arrival_date >= typologies.valid_from
        and chosen.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where chosen.is_light

),

members as (

    select
        flag_id($regime, 'entry_type_switching', subject, rule_id, $id_digits) as flag_id,
        switched.*
    from switched

)

select * from members
