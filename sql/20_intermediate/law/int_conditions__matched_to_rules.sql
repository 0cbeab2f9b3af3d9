-- One answer the law gives for a day, origin, mode and pool; several where origin or mode is unknown and decides.
-- grain: arrival_date, origin_country, mode, pool, grouping_key, provision, coverage

with
shipments as (select * from int_shipments__sorted_into_pools),

limits as (select * from ref_limits),

scopes as (select * from ref_scopes),

members as (select * from ref_scope_members),

rates as (select * from ref_fx_rates),

conditions as (

    select distinct
        arrival_date,
        origin_country,
        mode,
        pool
    from shipments
    union
    select distinct
        arrival_date,
        origin_country,
        mode,
        'standard' as pool
    from shipments
    where $gifts = 'pooled'

),

candidates as (

    select
        conditions.arrival_date,
        conditions.origin_country,
        conditions.mode,
        conditions.pool,
        limits.kind,
        limits.grouping_key,
        case when limits.kind = 'exemption' then 'exemption' else limits.provision end as provision,
        case when limits.kind = 'exemption' then 'exemption' else limits.grouping_key || ' ' || limits.provision end
            as question,
        limits.rule_id,
        limits.status = 'eligible' and limits.limit_amount is not null as is_available,
        limits.status <> 'ordered' as is_in_force,
        limits.limit_amount,
        limits.limit_currency,
        limits.value_basis,
        limits.source,
        limits.confidence,
        case when conditions.origin_country is null and limits.origin_scope <> 'ALL' then origins.wording end
            as origin_wording,
        case when conditions.mode is null and limits.mode_scope <> 'ALL' then modes.wording end as mode_wording
    from conditions
    inner join limits on
        limits.regime = $regime
        and coalesce(limits.if_suspension, $eo_suspension) = $eo_suspension
        and coalesce(limits.pool, conditions.pool) = conditions.pool
        and conditions.arrival_date >= limits.valid_from
        and conditions.arrival_date < coalesce(limits.valid_to, date '9999-12-31')
    inner join scopes as origins on origins.scope_kind = 'origin' and limits.origin_scope = origins.scope
    inner join scopes as modes on modes.scope_kind = 'mode' and limits.mode_scope = modes.scope
    left join members as origin_members on
        origin_members.scope_kind = 'origin'
        and limits.origin_scope = origin_members.scope
        and conditions.origin_country = origin_members.member
    left join members as mode_members on
        mode_members.scope_kind = 'mode'
        and limits.mode_scope = mode_members.scope
        and conditions.mode = mode_members.member
    where
        (conditions.origin_country is null or (origin_members.member is not null) <> origins.is_negated)
        and (conditions.mode is null or (mode_members.member is not null) <> modes.is_negated)

),

-- rules that say the same are one answer
answers as (

    select
        arrival_date,
        origin_country,
        mode,
        pool,
        kind,
        grouping_key,
        provision,
        question,
        is_available,
        limit_amount,
        limit_currency,
        value_basis,
        min(case when is_in_force then 1 else 0 end) = 1 as is_in_force,
        string_agg(rule_id, '+' order by rule_id) as rule_id,
        string_agg(source, '; ' order by rule_id) as legal_basis,
        max(case when confidence = 'unverified' then 1 else 0 end) = 1 as is_unverified,
        coalesce(
            string_agg(concat_ws(' and ', origin_wording, mode_wording), ' or ' order by rule_id), ''
        ) as wording
    from candidates
    group by
        arrival_date,
        origin_country,
        mode,
        pool,
        kind,
        grouping_key,
        provision,
        question,
        is_available,
        limit_amount,
        limit_currency,
        value_basis

),

compared as (

    select
        answers.*,
        count(*) over (partition by arrival_date, origin_country, mode, pool, question) as answer_count,
        max(case when is_available then 1 else 0 end) over (
            partition by arrival_date, origin_country, mode, pool, question
        ) = 1 as is_offered
    from answers

),

covered as (

    select
        compared.arrival_date,
        compared.origin_country,
        compared.mode,
        compared.pool,
        compared.kind,
        compared.grouping_key,
        compared.provision,
        case when compared.answer_count = 1 then 'known' else 'if ' || compared.wording end as coverage,
        compared.rule_id,
        compared.is_available,
        compared.is_in_force,
        compared.is_offered,
        compared.limit_amount,
        compared.limit_currency,
        compared.value_basis,
        rates.usd_per_unit as limit_usd_per_unit,
        compared.legal_basis,
        compared.is_unverified,
        compared.question
    from compared
    left join rates on
        compared.limit_currency = rates.currency
        and compared.arrival_date >= rates.valid_from
        and compared.arrival_date < coalesce(rates.valid_to, date '9999-12-31')

),

-- of several answers one is told of a shipment, that which offers most; one has the highest limit
ranked as (

    select
        * exclude (question),
        row_number() over (
            partition by arrival_date, origin_country, mode, pool, question
            order by is_available desc, coverage asc
        ) = 1 as is_told,
        row_number() over (
            partition by arrival_date, origin_country, mode, pool, question
            order by limit_amount desc, coverage asc
        ) = 1 as is_highest
    from covered

)

select * from ranked
