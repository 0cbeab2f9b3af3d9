-- One of several gifts of one sender to one person on near days that are together over the gift limit, one that a firm
-- sent, or one of many to as many persons.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'gift_split'
),

gifts as (

    select
        shipments.shipment_uid,
        shipments.amount,
        shipments.sender,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.week_start,
        shipments.value_usd,
        shipments.limit_amount,
        shipments.limit_currency,
        shipments.has_order or shipments.seller is not null or shipments.marketplace is not null as is_sold,
        typologies.rule_id,
        typologies.source as legal_basis
    from shipments
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where
        shipments.pool = 'gift'
        and shipments.sender is not null
        and shipments.identity_id is not null
        and shipments.is_claimed
        and shipments.is_available
        and not shipments.is_oversize

),

spaced as (

    select
        gifts.*,
        lag(arrival_date) over (
            partition by sender, identity_id, limit_currency, rule_id
            order by arrival_date, shipment_uid
        ) as previous_date
    from gifts

),

numbered as (

    select
        spaced.*,
        sum(case when date_diff('day', previous_date, arrival_date) > $max_gift_gap_days then 1 else 0 end) over (
            partition by sender, identity_id, limit_currency, rule_id
            order by arrival_date, shipment_uid
            rows between unbounded preceding and current row
        ) as run_no
    from spaced

),

summed as (

    select
        numbered.*,
        min(arrival_date) over (partition by sender, identity_id, limit_currency, rule_id, run_no) as first_day,
        count(*) over (partition by sender, identity_id, limit_currency, rule_id, run_no) as piece_count,
        cast(
            sum(amount) over (partition by sender, identity_id, limit_currency, rule_id, run_no) as decimal(18, 2)
        ) as run_amount,
        max(limit_amount) over (partition by sender, identity_id, limit_currency, rule_id, run_no) as run_limit
    from numbered

),

-- a sender whose gifts of a week go to so many is told of once
of_many as (

    select
        sender,
        week_start,
        rule_id
    from gifts
    group by sender, week_start, rule_id
    having count(distinct identity_id) >= $min_gift_consignees

),

placed as (

    select
        summed.*,
        of_many.sender is not null and not (piece_count >= $min_pieces and run_amount > run_limit) as is_of_many
    from summed
    left join of_many on
        summed.sender = of_many.sender
        and summed.week_start = of_many.week_start
        and summed.rule_id = of_many.rule_id

),

over_limit as (

    select
        placed.*,
        case
            when is_of_many then 'sender ' || sender || ', gifts, week of ' || cast(week_start as varchar)
            else
                'sender ' || sender || ', identity ' || identity_id || ', gifts from '
                || cast(first_day as varchar)
        end as subject
    from placed
    where
        (piece_count >= $min_pieces and run_amount > run_limit)
        or is_of_many
        -- what was bought is no gift, however little it is worth (19 CFR 10.153)
        or (run_amount <= run_limit and is_sold)

),

members as (

    select
        flag_id($regime, 'gift_split', subject, rule_id, $id_digits) as flag_id,
        over_limit.*
    from over_limit

)

select * from members
