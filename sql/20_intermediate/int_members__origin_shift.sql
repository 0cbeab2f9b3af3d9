-- One shipment of goods that came from one origin until its exemption was suspended, and now from another.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

stretches as (select * from int_origins__suspended),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'origin_shift'
),

days as (

    select
        suspended_from,
        min(suspended_to) as suspended_to
    from stretches
    group by suspended_from

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
        shipments.is_claimed and shipments.is_available as is_free,
        days.suspended_from,
        shipments.arrival_date >= days.suspended_from as is_after,
        of_origin.origin_country is not null as is_of_suspended
    from shipments
    inner join days on
        shipments.arrival_date >= days.suspended_from - $history_days
        and shipments.arrival_date < days.suspended_from + $history_days
        and shipments.arrival_date < days.suspended_to
    left join stretches as of_origin on
        days.suspended_from = of_origin.suspended_from
        and shipments.origin_country = of_origin.origin_country
    where shipments.sender is not null and shipments.origin_country is not null

),

histories as (

    select
        sender,
        goods,
        suspended_from,
        count(*) filter (where not is_after) as before_count,
        count(*) filter (where not is_after and is_of_suspended) as before_suspended,
        count(*) filter (where is_after and is_free and not is_of_suspended) as after_others,
        count(*) filter (where is_after and is_of_suspended) as after_suspended
    from sent
    where goods is not null
    group by sender, goods, suspended_from

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
        'seller ' || sent.sender || ', ' || sent.goods || ', from ' || cast(sent.suspended_from as varchar) as subject
    from sent
    inner join shifted on
        sent.sender = shifted.sender
        and sent.goods = shifted.goods
        and sent.suspended_from = shifted.suspended_from
    inner join typologies on
        sent.arrival_date >= typologies.valid_from
        and sent.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where sent.is_after and sent.is_free and not sent.is_of_suspended

),

members as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'origin_shift', subject, rule_id)), $id_digits) as flag_id,
        moved.*
    from moved

)

select * from members
