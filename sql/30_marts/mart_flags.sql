-- One indicator: the rows it names, the rule, what was seen and what speaks against it.
-- grain: flag_id

with
findings as (select * from int_measures__united),

measures as (select * from int_flags__measured_by_members),

hanging as (select * from int_flags__depending_on),

explained as (select * from int_flags__explained_benignly),

limited as (select * from int_flags__over_a_limit),

proven as (select * from int_flags__standing_on_proven_matches),

needed as (select * from int_flags__depending_on_link),

cuts as (select * from int_flags__cut_short),

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
        flag_id,
        max(case when effect = 'suppress' then 1 else 0 end) = 1 as is_suppressed,
        string_agg('"' || reason || '"', ', ' order by effect desc, benign asc) as reasons
    from explained
    group by flag_id

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

flags as (

    select
        findings.flag_id,
        findings.regime,
        findings.typology,
        findings.identity_id,
        findings.subject,
        findings.window_start,
        findings.window_end,
        findings.shipments,
        findings.total_usd,
        findings.limit_amount,
        findings.limit_currency,
        findings.excess_usd,
        case
            when findings.strength = 'objective' and likely.flag_id is not null then 'inferred'
            else findings.strength
        end as strength,
        round(
            findings.size
            * case when findings.identity_id is null then 1 else measures.weakest_link end
            * case
                when findings.strength = 'objective' and likely.flag_id is null then 1
                when findings.strength in ('objective', 'inferred') then 0.5
                else 0.25
            end
            * case
                when harmless.flag_id is null then 1
                when harmless.is_suppressed then 0
                else cast($down_rank_share as double)
            end,
            $score_digits
        ) as score,
        findings.reason,
        '[' || concat_ws(
            ', ',
            harmless.reasons,
            case when findings.counter_reasons <> '' then findings.counter_reasons end,
            hanging.counter_reasons,
            case when fallen.bases is not null then '"It would not stand by another date: ' || fallen.bases || '."' end,
            case
                when measures.other_date_count > 0
                    then
                        '"' || cast(measures.other_date_count as varchar) || ' of '
                        || cast(measures.shipments as varchar)
                        || ' pieces carry no day of arrival; another date stands in for it."'
            end,
            case
                when findings.strength = 'objective' and likely.probability is not null
                    then
                        '"Inferred, for it needs a match that is likely and not proven (probability '
                        || cast(cast(likely.probability as decimal(18, 2)) as varchar)
                        || '). To settle it: splitship judge ' || likely.alias_id_l || ' ' || likely.alias_id_r
                        || ', with --same or --different."'
                when findings.strength = 'objective' and likely.flag_id is not null
                    then
                        '"Inferred, for it needs matches that are likely and not proven. To settle them: '
                        || 'splitship review --next 20."'
            end,
            case
                when findings.identity_id is not null and measures.weakest_link < $doubtful_probability
                    then
                        '"That these spellings are one person rests on a link of probability '
                        || cast(cast(measures.weakest_link as decimal(18, 2)) as varchar) || '."'
            end,
            case
                when measures.assumed_claim_count > 0
                    then
                        '"For ' || cast(measures.assumed_claim_count as varchar)
                        || ' of the pieces neither claim nor entry type is given; a claim is assumed."'
            end,
            case
                when measures.near_midnight_count > 0
                    then
                        '"' || cast(measures.near_midnight_count as varchar)
                        || ' of the pieces arrived within ' || cast($near_midnight_hours as varchar)
                        || ' hours of midnight; by another clock they belong to another day."'
            end,
            case
                when measures.owner_count > 0
                    then
                        '"For ' || cast(measures.owner_count as varchar)
                        || ' of the pieces the person is the buyer or importer named, not the consignee."'
            end,
            case
                when measures.proxy_value_count > 0
                    then
                        '"For ' || cast(measures.proxy_value_count as varchar)
                        || ' of the pieces the declared value stands in for the transaction value."'
            end,
            case
                when measures.care_of_count > 0
                    then
                        '"' || cast(measures.care_of_count as varchar)
                        || ' of the pieces are addressed in care of another; the owner may be someone else."'
            end,
            case when not coalesce(hanging.is_piece_told, false) then '"' || cuts.statement || '"' end,
            '"Also seen where nothing is wrong: ' || latest.benign || '."'
        ) || ']' as counter_reasons,
        findings.rule_id,
        coalesce(cited.legal_basis, findings.legal_basis) as legal_basis,
        '{' || concat_ws(
            ', ',
            '"aliases": ' || cast(measures.aliases as varchar),
            '"carriers": ' || cast(measures.carriers as varchar),
            '"filers": ' || cast(measures.filers as varchar),
            '"mail_mixed": ' || cast(measures.mail_count > 0 and measures.mail_count < measures.shipments as varchar),
            '"modes": ' || cast(measures.modes as varchar),
            '"orders": ' || cast(measures.orders as varchar),
            '"ports": ' || cast(measures.ports as varchar),
            '"sellers": ' || cast(measures.sellers as varchar),
            findings.attributes
        ) || '}' as attributes,
        coalesce(harmless.is_suppressed, false) as is_suppressed,
        case
            when hanging.flag_id is not null then hanging.survives_to_threshold
            when latest.stands_on = 'each' then 1
        end as survives_to_threshold
    from findings
    inner join measures on findings.flag_id = measures.flag_id
    left join harmless on findings.flag_id = harmless.flag_id
    left join hanging on findings.flag_id = hanging.flag_id
    left join likely on findings.flag_id = likely.flag_id
    left join cuts on findings.flag_id = cuts.flag_id
    left join cited on findings.flag_id = cited.flag_id
    left join fallen on findings.flag_id = fallen.flag_id
    left join latest on findings.typology = latest.typology

)

select * from flags
