-- One pair of identities that a possible_daily_limit flag takes for one party: what a review of it would settle.
-- grain: flag_id, identity_id_l, identity_id_r

with
pairs as (select * from int_pairs__of_possible_days),

texts as (select * from lead_pair_texts),

members as (select * from int_members__united),

findings as (select * from int_measures__united),

shipments as (select * from int_shipments__given_one_rule),

certain as (

    select distinct members.shipment_uid
    from members
    inner join findings on members.flag_id = findings.flag_id
    where findings.typology = 'daily_limit'

),

new_lots as (

    select
        members.flag_id,
        cast(sum(shipments.value_usd) as decimal(18, 2)) as new_usd
    from members
    inner join findings on members.flag_id = findings.flag_id
    inner join shipments on members.shipment_uid = shipments.shipment_uid
    left join certain on members.shipment_uid = certain.shipment_uid
    where findings.typology = 'possible_daily_limit' and certain.shipment_uid is null
    group by members.flag_id

),

named as (

    select
        pairs.flag_id,
        pairs.identity_id_l,
        pairs.identity_id_r,
        pairs.alias_id_l,
        pairs.alias_id_r,
        pairs.arrival_date,
        pairs.probability,
        texts.grounds,
        pairs.kind as place,
        pairs.weight_of_name,
        pairs.weight_of_unit,
        pairs.weight_of_phone,
        pairs.weight_of_email,
        pairs.weight_of_day,
        pairs.weight_of_values,
        new_lots.new_usd
    from pairs
    inner join new_lots on pairs.flag_id = new_lots.flag_id
    inner join texts on
        pairs.flag_id = texts.flag_id
        and pairs.identity_id_l = texts.identity_id_l
        and pairs.identity_id_r = texts.identity_id_r

)

select * from named
