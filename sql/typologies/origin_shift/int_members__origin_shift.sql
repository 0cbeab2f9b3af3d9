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
        suspended_to as changed_to
    from suspended
    union all
    select
        'duty' as gain,
        origin_country,
        dearer_from as changed_from,
        dearer_to as changed_to
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
        case
            when days.gain = 'exemption' then shipments.is_claimed and shipments.is_available
            else coalesce(shipments.entry_route in ('informal', 'formal'), false)
        end as is_free,
        days.gain,
        days.changed_from,
        shipments.arrival_date >= days.changed_from as is_after,
        of_origin.origin_country is not null as is_of_suspended
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

histories as (

    select
        sender,
        goods,
        gain,
        changed_from,
        count(*) filter (where not is_after) as before_count,
        count(*) filter (where not is_after and is_of_suspended) as before_suspended,
        count(*) filter (where is_after and is_free and not is_of_suspended) as after_others,
        count(*) filter (where is_after and is_of_suspended) as after_suspended
    from sent
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
        sent.*,
        shifted.before_count,
        shifted.before_suspended,
        shifted.after_suspended,
        typologies.rule_id,
        typologies.source as legal_basis,
        'seller ' || sent.sender || ', ' || sent.goods || ', from ' || cast(sent.changed_from as varchar)
        || case when sent.gain = 'duty' then ', entries' else '' end as subject
    from sent
    inner join shifted on
        sent.sender = shifted.sender
        and sent.goods = shifted.goods
        and sent.gain = shifted.gain
        and sent.changed_from = shifted.changed_from
    inner join typologies on
        sent.arrival_date >= typologies.valid_from
        and sent.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where sent.is_after and sent.is_free and not sent.is_of_suspended

),

members as (

    select
        flag_id($regime, 'origin_shift', subject, rule_id, $id_digits) as flag_id,
        moved.*
    from moved

)

select * from members
