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
        arrival_date,
        cast(null as varchar) as alias_id_l,
        cast(null as varchar) as alias_id_r,
        cast(null as double) as probability,
        amount,
        limit_currency,
        cast(null as bigint) as number_count,
        is_last_pair,
        not is_last_pair as is_told
    from pieces
    union all
    select
        flag_id,
        'link' as cut,
        cast(null as varchar) as shipment_uid,
        cast(null as varchar) as shipment_id,
        cast(null as date) as arrival_date,
        alias_id_l,
        alias_id_r,
        probability,
        cast(null as decimal(18, 2)) as amount,
        cast(null as varchar) as limit_currency,
        cast(null as bigint) as number_count,
        cast(null as boolean) as is_last_pair,
        true as is_told
    from links
    union all
    select
        flag_id,
        'numbers' as cut,
        cast(null as varchar) as shipment_uid,
        cast(null as varchar) as shipment_id,
        cast(null as date) as arrival_date,
        cast(null as varchar) as alias_id_l,
        cast(null as varchar) as alias_id_r,
        cast(null as double) as probability,
        cast(null as decimal(18, 2)) as amount,
        cast(null as varchar) as limit_currency,
        number_count,
        cast(null as boolean) as is_last_pair,
        true as is_told
    from numbers

)

select * from cuts
