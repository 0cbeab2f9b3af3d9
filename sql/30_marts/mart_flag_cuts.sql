-- One flag and the smallest single thing of a kind without which it falls: a piece, a link, a reading of numbers.
-- grain: flag_id, cut

with
hanging as (select * from int_flags__depending_on_one_record),

texts as (select * from single_cut_texts),

cuts as (

    select
        hanging.flag_id,
        hanging.cut,
        hanging.shipment_uid,
        hanging.shipment_id,
        hanging.alias_id_l,
        hanging.alias_id_r,
        hanging.probability,
        hanging.amount,
        hanging.limit_currency,
        texts.reason
    from hanging
    inner join texts on hanging.flag_id = texts.flag_id and hanging.cut = texts.cut

)

select * from cuts
