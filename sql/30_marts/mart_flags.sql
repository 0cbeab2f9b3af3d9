-- One indicator: the rows it names, the rule, what was seen and what speaks against it.
-- grain: flag_id

with
daily_limit as (select * from int_findings__daily_limit),

order_split as (select * from int_findings__order_split),

suspended_claim as (select * from int_findings__suspended_claim),

informal_entry_split as (select * from int_findings__informal_entry_split),

consignment_split as (select * from int_findings__consignment_split),

measures as (select * from int_flags__measured_by_members),

findings as (

    select * from daily_limit
    union all
    select * from order_split
    union all
    select * from suspended_claim
    union all
    select * from informal_entry_split
    union all
    select * from consignment_split

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
        findings.strength,
        round(
            findings.size
            * case when findings.identity_id is null then 1 else measures.weakest_link end
            * case when findings.strength = 'objective' then 1 else 0.5 end,
            $score_digits
        ) as score,
        findings.reason,
        '[' || concat_ws(
            ', ',
            case when findings.counter_reasons <> '' then findings.counter_reasons end,
            case
                when measures.other_date_count > 0
                    then
                        '"' || cast(measures.other_date_count as varchar) || ' of '
                        || cast(measures.shipments as varchar)
                        || ' pieces carry no day of arrival; another date stands in for it."'
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
            end
        ) || ']' as counter_reasons,
        findings.rule_id,
        findings.legal_basis,
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
        ) || '}' as attributes
    from findings
    inner join measures on findings.flag_id = measures.flag_id

)

select * from flags
