-- One shipment of goods that came from one origin until it lost its exemption or got dearer, and now from another.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

suspended as (select * from int_origins__suspended),

made_dearer as (select * from int_origins__made_dearer),

stretches as (

    select
        'exemption' as gain,
        origin_country,
        suspended_from as changed_from,
        suspended_to as changed_to,
        cast(1 as decimal(18, 8)) as rise
    from suspended
    union all
    select
        'duty' as gain,
        origin_country,
        dearer_from as changed_from,
        dearer_to as changed_to,
        rise
    from made_dearer

),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'origin_shift'
),

days as (

    select
        gain,
        changed_from,
        min(changed_to) as changed_to
    from stretches
    group by gain, changed_from

),

sent as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.sender,
        coalesce('product ' || upper(trim(shipments.product_id)), 'tariff number ' || shipments.hts_code) as goods,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.value_usd,
        shipments.origin_country,
        coalesce(shipments.export_country, shipments.shipper_country) as sent_from,
        case
            when days.gain = 'exemption' then shipments.is_claimed and shipments.is_available
            else coalesce(shipments.entry_route in ('informal', 'formal'), false)
        end as is_free,
        days.gain,
        days.changed_from,
        shipments.arrival_date >= days.changed_from as is_after,
        coalesce(of_origin.rise, 0) as rise
    from shipments
    inner join days on
        shipments.arrival_date >= days.changed_from - $history_days
        and shipments.arrival_date < days.changed_from + $history_days
        and shipments.arrival_date < days.changed_to
    left join stretches as of_origin on
        days.gain = of_origin.gain
        and days.changed_from = of_origin.changed_from
        and shipments.origin_country = of_origin.origin_country
    where shipments.sender is not null and shipments.origin_country is not null

),

-- where all origins get dearer on one day, the gain is in one that gets less so
held as (

    select
        sent.*,
        min(case when not is_after and rise > 0 then rise end) over (
            partition by sender, goods, gain, changed_from
        ) as old_rise
    from sent

),

told as (

    select
        held.*,
        coalesce(rise >= old_rise, false) as is_of_suspended
    from held

),

histories as (

    select
        sender,
        goods,
        gain,
        changed_from,
        count(*) filter (where not is_after) as before_count,
        count(*) filter (where not is_after and is_of_suspended) as before_suspended,
        count(*) filter (where is_after and is_free and not is_of_suspended) as after_others,
        count(*) filter (where is_after and is_of_suspended) as after_suspended,
        case
            when count(*) filter (where not is_after) = count(sent_from) filter (where not is_after)
                and min(case when not is_after then sent_from end) = max(case when not is_after then sent_from end)
                then min(case when not is_after then sent_from end)
        end as usual_place
    from told
    where goods is not null
    group by sender, goods, gain, changed_from

),

shifted as (

    select * from histories
    where
        before_count >= $min_history
        and before_suspended >= cast($most_share as double) * before_count
        and after_others >= $min_pattern_shipments

),

moved as (

    select
        told.*,
        shifted.usual_place,
        shifted.before_count,
        shifted.before_suspended,
        shifted.after_suspended,
        typologies.rule_id,
        typologies.source as legal_basis,
        'seller ' || told.sender || ', ' || told.goods || ', from ' || cast(told.changed_from as varchar)
        || case when told.gain = 'duty' then ', entries' else '' end as subject
    from told
    inner join shifted on
        told.sender = shifted.sender
        and told.goods = shifted.goods
        and told.gain = shifted.gain
        and told.changed_from = shifted.changed_from
    inner join typologies on
        told.arrival_date >= typologies.valid_from
        and told.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where told.is_after and told.is_free and not told.is_of_suspended

),

members as (

    select
        flag_id($regime, 'origin_shift', subject, rule_id, $id_digits) as flag_id,
        moved.*
    from moved

)

select * from members
