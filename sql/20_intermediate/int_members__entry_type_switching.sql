-- One exempt shipment of a seller whose goods were nearly all entered until a day, and nearly none after it.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'entry_type_switching'
),

-- only where there was a choice: an exemption on offer, and a value within it
chosen as (

    select
        shipment_uid,
        amount,
        sender,
        identity_id,
        arrival_date,
        value_usd,
        is_claimed
    from shipments
    where sender is not null and entry_type is not null and is_available and not is_oversize

),

days as (

    select
        sender,
        arrival_date,
        count(*) as shipments,
        count(*) filter (where is_claimed) as claimed
    from chosen
    group by sender, arrival_date

),

summed as (

    select
        days.*,
        sum(shipments) over (
            partition by sender
            order by arrival_date
            rows between unbounded preceding and 1 preceding
        ) as before_count,
        sum(claimed) over (
            partition by sender
            order by arrival_date
            rows between unbounded preceding and 1 preceding
        ) as before_claimed,
        sum(shipments) over (
            partition by sender
            order by arrival_date
            rows between current row and unbounded following
        ) as after_count,
        sum(claimed) over (
            partition by sender
            order by arrival_date
            rows between current row and unbounded following
        ) as after_claimed
    from days

),

switches as (

    select
        sender,
        arrival_date as switched_on,
        before_count,
        before_count - before_claimed as before_entered,
        after_count,
        after_claimed
    from summed
    where
        before_count >= $min_history
        and after_count >= $min_history
        and before_count - before_claimed >= cast($most_share as double) * before_count
        and after_claimed >= cast($most_share as double) * after_count
    qualify row_number() over (
            partition by sender
            order by
                cast(before_count - before_claimed as double) / cast(before_count as double)
                + cast(after_claimed as double) / cast(after_count as double) desc,
                arrival_date asc
        ) = 1

),

switched as (

    select
        chosen.*,
        switches.switched_on,
        switches.before_count,
        switches.before_entered,
        switches.after_count,
        typologies.rule_id,
        typologies.source as legal_basis,
        'seller ' || chosen.sender || ', from ' || cast(switches.switched_on as varchar) as subject
    from chosen
    inner join switches on
        chosen.sender = switches.sender
        and chosen.arrival_date >= switches.switched_on
        and chosen.arrival_date < switches.switched_on + $history_days
    inner join typologies on
        chosen.arrival_date >= typologies.valid_from
        and chosen.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where chosen.is_claimed

),

members as (

    select
        'f' || left(md5(concat_ws('|', $regime, 'entry_type_switching', subject, rule_id)), $id_digits) as flag_id,
        switched.*
    from switched

)

select * from members
