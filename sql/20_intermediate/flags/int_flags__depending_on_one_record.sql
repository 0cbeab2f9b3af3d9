-- One flag and the smallest single thing of a kind without which it falls: a piece, a link, a reading of numbers.
-- grain: flag_id, cut

with
pieces as (select * from int_flags__depending_on_shipment),

links as (select * from int_flags__depending_on_link),

numbers as (select * from int_flags__depending_on_numbers),

cuts as (

    select
        flag_id,
        'piece' as cut,
        shipment_uid,
        shipment_id,
        cast(null as varchar) as alias_id_l,
        cast(null as varchar) as alias_id_r,
        cast(null as double) as probability,
        amount,
        limit_currency,
        case
            when is_last_pair then 'Each of its pieces is needed: without one of them there is no split.'
            else 'Without one piece, ' || limit_currency || ' ' || cast(amount as varchar) || ' of '
                || cast(arrival_date as varchar) || ', the rest is within the limit.'
        end as reason,
        not is_last_pair as is_told
    from pieces
    union all
    select
        flag_id,
        'link' as cut,
        cast(null as varchar) as shipment_uid,
        cast(null as varchar) as shipment_id,
        alias_id_l,
        alias_id_r,
        probability,
        cast(null as decimal(18, 2)) as amount,
        cast(null as varchar) as limit_currency,
        'It rests on one link between two spellings, of probability '
        || cast(cast(probability as decimal(18, 3)) as varchar)
        || ': without it no part is over the limit.' as reason,
        true as is_told
    from links
    union all
    select
        flag_id,
        'numbers' as cut,
        cast(null as varchar) as shipment_uid,
        cast(null as varchar) as shipment_id,
        cast(null as varchar) as alias_id_l,
        cast(null as varchar) as alias_id_r,
        cast(null as double) as probability,
        cast(null as decimal(18, 2)) as amount,
        cast(null as varchar) as limit_currency,
        'Read as ' || cast(number_count as varchar) || ' orders, one a number, none is over the limit.' as reason,
        true as is_told
    from numbers

)

select * from cuts
