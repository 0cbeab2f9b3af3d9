-- One origin and a stretch of days on which its goods had no exemption while others had one.
-- grain: origin_country, suspended_from

with
limits as (select * from ref_limits),

scopes as (select * from ref_scopes),

members as (select * from ref_scope_members),

named as (

    select
        members.member as origin_country,
        limits.valid_from,
        coalesce(limits.valid_to, date '9999-12-31') as valid_to
    from limits
    inner join scopes on scopes.scope_kind = 'origin' and limits.origin_scope = scopes.scope
    inner join members on members.scope_kind = 'origin' and limits.origin_scope = members.scope
    where
        limits.regime = $regime
        and coalesce(limits.if_suspension, $eo_suspension) = $eo_suspension
        and limits.grouping_key = 'person_day'
        and limits.pool = 'standard'
        and limits.status like 'suspended%'
        and not scopes.is_negated

),

reached as (

    select
        named.*,
        max(valid_to) over (
            partition by origin_country
            order by valid_from, valid_to
            rows between unbounded preceding and 1 preceding
        ) as reached_before
    from named

),

-- stretches that touch or overlap are one
numbered as (

    select
        reached.*,
        sum(case when valid_from <= reached_before then 0 else 1 end) over (
            partition by origin_country
            order by valid_from, valid_to
            rows between unbounded preceding and current row
        ) as stretch_no
    from reached

),

stretches as (

    select
        origin_country,
        min(valid_from) as suspended_from,
        max(valid_to) as suspended_to
    from numbered
    group by origin_country, stretch_no

)

select * from stretches
