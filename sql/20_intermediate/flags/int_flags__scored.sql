-- One flag with its strength and score, and what is known of any flag whatever its typology.
-- grain: flag_id

with
raised as (select * from int_measures__united),

measures as (select * from int_flags__measured_by_members),

hanging as (select * from int_flags__depending_on),

explained as (select * from int_flags__explained_benignly),

innocent as (select * from suppression_texts),

evidence as (select * from typology_evidence),

limited as (select * from int_flags__over_a_limit),

proven as (select * from int_flags__standing_on_proven_matches),

needed as (select * from int_flags__depending_on_link),

cuts as (select * from smallest_cut_texts),

cited as (select * from int_flags__citing_several_rules),

moved as (select * from int_claims__moved_to_other_dates),

typologies as (
    select * from ref_typologies
    where regime = $regime
),

latest as (

    select * from typologies
    qualify row_number() over (partition by typology order by valid_from desc) = 1

),

harmless as (

    select
        explained.flag_id,
        max(case when explained.effect = 'suppress' then 1 else 0 end) = 1 as is_suppressed,
        string_agg(explained.benign, '|' order by explained.effect desc, explained.benign asc) as codes,
        string_agg(innocent.reason, '|' order by explained.effect desc, explained.benign asc) as reasons
    from explained
    inner join innocent on explained.flag_id = innocent.flag_id and explained.benign = innocent.benign
    group by explained.flag_id

),

fallen as (

    select
        flag_id,
        string_agg(date_basis, ', ' order by date_basis) as bases
    from moved
    where not is_over_limit
    group by flag_id

),

-- a flag of a person is no stronger than the matches it needs
likely as (

    select
        limited.flag_id,
        needed.alias_id_l,
        needed.alias_id_r,
        needed.probability
    from limited
    left join proven on limited.flag_id = proven.flag_id
    left join needed on limited.flag_id = needed.flag_id
    where limited.is_of_person and proven.flag_id is null

),

scored as (

    select
        raised.flag_id,
        raised.regime,
        raised.typology,
        raised.identity_id,
        raised.subject,
        raised.window_start,
        raised.window_end,
        raised.shipments,
        raised.total_usd,
        raised.limit_amount,
        raised.limit_currency,
        raised.excess_usd,
        case
            when raised.strength = 'objective' and likely.flag_id is not null then 'inferred'
            else raised.strength
        end as strength,
        round(
            raised.size
            * case when raised.identity_id is null then 1 else measures.weakest_link end
            * case
                when raised.strength = 'objective' and likely.flag_id is null then 1
                when raised.strength in ('objective', 'inferred') then 0.5
                else 0.25
            end
            * case
                when harmless.flag_id is null then 1
                when harmless.is_suppressed then 0
                else cast($down_rank_share as double)
            end,
            $score_digits
        ) as score,
        raised.rule_id,
        coalesce(cited.legal_basis, raised.legal_basis) as legal_basis,
        coalesce(harmless.is_suppressed, false) as is_suppressed,
        case
            when hanging.flag_id is not null then hanging.survives_to_threshold
            when latest.stands_on = 'each' then 1
        end as survives_to_threshold,
        evidence.reason,
        evidence.counter_reasons,
        evidence.attributes,
        evidence.codes,
        harmless.codes as innocent_codes,
        harmless.reasons as innocent_reasons,
        hanging.cut_codes,
        hanging.cut_reasons,
        case when not coalesce(hanging.is_piece_told, false) then cuts.statement end as cut_statement,
        latest.benign,
        hanging.falls_at_threshold,
        fallen.bases as fallen_bases,
        raised.strength = 'objective' and likely.flag_id is not null as needs_matches,
        likely.probability as likely_probability,
        likely.alias_id_l as likely_alias_l,
        likely.alias_id_r as likely_alias_r,
        case
            when raised.identity_id is not null and measures.weakest_link < $doubtful_probability
                then measures.weakest_link
        end as doubtful_link,
        $near_midnight_hours as near_midnight_hours,
        measures.aliases,
        measures.carriers,
        measures.filers,
        measures.modes,
        measures.orders,
        measures.ports,
        measures.sellers,
        measures.mail_count,
        measures.other_date_count,
        measures.assumed_claim_count,
        measures.near_midnight_count,
        measures.owner_count,
        measures.proxy_value_count,
        measures.care_of_count
    from raised
    inner join evidence on raised.flag_id = evidence.flag_id
    inner join measures on raised.flag_id = measures.flag_id
    left join harmless on raised.flag_id = harmless.flag_id
    left join hanging on raised.flag_id = hanging.flag_id
    left join likely on raised.flag_id = likely.flag_id
    left join cuts on raised.flag_id = cuts.flag_id
    left join cited on raised.flag_id = cited.flag_id
    left join fallen on raised.flag_id = fallen.flag_id
    left join latest on raised.typology = latest.typology

)

select * from scored
