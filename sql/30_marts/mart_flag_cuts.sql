-- One flag and the smallest single thing of a kind without which it falls: a piece, a link, a reading of numbers.
-- grain: flag_id, cut

with
hanging as (select * from int_flags__depending_on_one_record),

cuts as (

    select
        flag_id,
        cut,
        shipment_uid,
        shipment_id,
        alias_id_l,
        alias_id_r,
        probability,
        amount,
        limit_currency,
        reason
    from hanging

)

select * from cuts
