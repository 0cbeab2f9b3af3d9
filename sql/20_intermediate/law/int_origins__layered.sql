-- One country of the file and a stretch of days on which goods of that origin pay an added duty, with its rate.
-- grain: origin_country, layer, scheme, goods_list, valid_from, valid_to
-- A duty that is held void counts for nothing. Where the goods decide, the list of goods is named.

with
shipments as (select * from int_shipments__described),

layers as (select * from ref_duty_layers),

scopes as (select * from ref_scopes),

members as (select * from ref_scope_members),

countries as (

    select origin_country from shipments
    where origin_country is not null
    union
    select shipper_country as origin_country from shipments
    where shipper_country is not null
    union
    select export_country as origin_country from shipments
    where export_country is not null

),

in_force as (

    select
        layer,
        coalesce(scheme, '') as scheme,
        coalesce(goods_list, '') as goods_list,
        origin_scope,
        valid_from,
        coalesce(valid_to, date '9999-12-31') as valid_to,
        rate
    from layers
    where
        regime = $regime
        and rate_kind = 'added'
        and default_in_exposure <> 'no'
        and mode_scope <> 'mail'
        and rate is not null

),

matched as (

    select
        countries.origin_country,
        in_force.layer,
        in_force.scheme,
        in_force.goods_list,
        in_force.valid_from,
        in_force.valid_to,
        max(in_force.rate) as rate
    from countries
    cross join in_force
    inner join scopes on scopes.scope_kind = 'origin' and in_force.origin_scope = scopes.scope
    left join members on
        members.scope_kind = 'origin'
        and in_force.origin_scope = members.scope
        and countries.origin_country = members.member
    where (members.member is not null) <> scopes.is_negated
    group by
        countries.origin_country, in_force.layer, in_force.scheme, in_force.goods_list, in_force.valid_from,
        in_force.valid_to

)

select * from matched
