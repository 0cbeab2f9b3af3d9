-- One indicator: the rows it names, the rule, what was seen and what speaks against it.
-- grain: flag_id

with
scored as (select * from int_flags__scored),

texts as (select * from flag_texts),

flags as (

    select
        scored.flag_id,
        scored.regime,
        scored.typology,
        scored.identity_id,
        scored.subject,
        scored.window_start,
        scored.window_end,
        scored.shipments,
        scored.total_usd,
        scored.limit_amount,
        scored.limit_currency,
        scored.excess_usd,
        scored.strength,
        scored.score,
        texts.reason,
        texts.counter_reasons,
        scored.rule_id,
        scored.legal_basis,
        texts.attributes,
        scored.is_suppressed,
        scored.survives_to_threshold
    from scored
    inner join texts on scored.flag_id = texts.flag_id

)

select * from flags
