-- One flag that rests on several rules, and the citation of each of them, in the order of the rules.
-- grain: flag_id

with
findings as (select * from int_measures__united),

limits as (select * from ref_limits),

several as (

    select
        flag_id,
        rule_id,
        window_start
    from findings
    where rule_id like '%+%'

),

sources as (

    select distinct
        several.flag_id,
        limits.rule_id,
        limits.source
    from several
    inner join limits on
        limits.regime = $regime
        and '+' || several.rule_id || '+' like '%+' || limits.rule_id || '+%'
        and several.window_start >= limits.valid_from
        and several.window_start < coalesce(limits.valid_to, date '9999-12-31')

),

cited as (

    select
        flag_id,
        string_agg(rule_id || ': ' || source, '; ' order by rule_id) as legal_basis
    from sources
    group by flag_id

)

select * from cited
