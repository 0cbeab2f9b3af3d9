/* One indicator: the rows it names, the rule, what was seen and what speaks against it. */
/* grain: flag_id */
WITH scored AS (
  SELECT
    *
  FROM int_flags__scored
), texts AS (
  SELECT
    *
  FROM flag_texts
), flags AS (
  SELECT
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
  FROM scored
  INNER JOIN texts
    ON scored.flag_id = texts.flag_id
)
SELECT
  *
FROM flags
