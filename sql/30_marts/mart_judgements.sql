-- One judgement of a person on two aliases, with what this run made of it.
-- grain: alias_id_l, alias_id_r, judged_at

with
judgements as (select * from judgements),

members as (select * from identity_members),

placed as (

    select
        judgements.*,
        members_l.identity_id as identity_id_l,
        members_r.identity_id as identity_id_r,
        row_number() over (
            partition by judgements.alias_id_l, judgements.alias_id_r
            order by judgements.judged_at desc
        ) as place
    from judgements
    left join members as members_l on judgements.alias_id_l = members_l.alias_id
    left join members as members_r on judgements.alias_id_r = members_r.alias_id

),

outcomes as (

    select
        alias_id_l,
        alias_id_r,
        verdict,
        judged_by,
        judged_at,
        note,
        case
            when place > 1 then 'replaced'
            when verdict = 'unsure' then 'withdrawn'
            when identity_id_l is null or identity_id_r is null then 'waiting'
            when (verdict = 'same') = (identity_id_l = identity_id_r) then 'kept'
            else 'contradicted'
        end as outcome
    from placed

)

select * from outcomes
