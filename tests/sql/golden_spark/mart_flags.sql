/* One indicator: the rows it names, the rule, what was seen and what speaks against it. */
/* grain: flag_id */
WITH findings AS (
  SELECT
    *
  FROM int_measures__united
), measures AS (
  SELECT
    *
  FROM int_flags__measured_by_members
), hanging AS (
  SELECT
    *
  FROM int_flags__depending_on
), explained AS (
  SELECT
    *
  FROM int_flags__explained_benignly
), limited AS (
  SELECT
    *
  FROM int_flags__over_a_limit
), proven AS (
  SELECT
    *
  FROM int_flags__standing_on_proven_matches
), needed AS (
  SELECT
    *
  FROM int_flags__depending_on_link
), cuts AS (
  SELECT
    *
  FROM int_flags__cut_short
), cited AS (
  SELECT
    *
  FROM int_flags__citing_several_rules
), moved AS (
  SELECT
    *
  FROM int_claims__moved_to_other_dates
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime
), latest AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY typology ORDER BY valid_from DESC) AS _w
    FROM typologies
  ) AS _t
  WHERE
    _w = 1
), harmless AS (
  SELECT
    flag_id,
    MAX(CASE WHEN effect = 'suppress' THEN 1 ELSE 0 END) = 1 AS is_suppressed,
    LISTAGG('"' || reason || '"', ', ') WITHIN GROUP (ORDER BY
      effect DESC,
      benign ASC NULLS LAST) AS reasons
  FROM explained
  GROUP BY
    flag_id
), fallen AS (
  SELECT
    flag_id,
    LISTAGG(date_basis, ', ') WITHIN GROUP (ORDER BY
      date_basis NULLS LAST) AS bases
  FROM moved
  WHERE
    NOT is_over_limit
  GROUP BY
    flag_id
), likely /* a flag of a person is no stronger than the matches it needs */ AS (
  SELECT
    limited.flag_id,
    needed.alias_id_l,
    needed.alias_id_r,
    needed.probability
  FROM limited
  LEFT JOIN proven
    ON limited.flag_id = proven.flag_id
  LEFT JOIN needed
    ON limited.flag_id = needed.flag_id
  WHERE
    limited.is_of_person AND proven.flag_id IS NULL
), flags AS (
  SELECT
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
    CASE
      WHEN findings.strength = 'objective' AND NOT likely.flag_id IS NULL
      THEN 'inferred'
      ELSE findings.strength
    END AS strength,
    ROUND(
      findings.size * CASE WHEN findings.identity_id IS NULL THEN 1 ELSE measures.weakest_link END * CASE
        WHEN findings.strength = 'objective' AND likely.flag_id IS NULL
        THEN 1
        WHEN findings.strength IN ('objective', 'inferred')
        THEN 0.5
        ELSE 0.25
      END * CASE
        WHEN harmless.flag_id IS NULL
        THEN 1
        WHEN harmless.is_suppressed
        THEN 0
        ELSE CAST(:down_rank_share AS DOUBLE)
      END,
      :score_digits
    ) AS score,
    findings.reason,
    '[' || CONCAT_WS(
      ', ',
      harmless.reasons,
      CASE WHEN findings.counter_reasons <> '' THEN findings.counter_reasons END,
      hanging.counter_reasons,
      CASE
        WHEN NOT fallen.bases IS NULL
        THEN '"It would not stand by another date: ' || fallen.bases || '."'
      END,
      CASE
        WHEN measures.other_date_count > 0
        THEN '"' || CAST(measures.other_date_count AS STRING) || ' of ' || CAST(measures.shipments AS STRING) || ' pieces carry no day of arrival; another date stands in for it."'
      END,
      CASE
        WHEN findings.strength = 'objective' AND NOT likely.probability IS NULL
        THEN '"Inferred, for it needs a match that is likely and not proven (probability ' || CAST(CAST(likely.probability AS DECIMAL(18, 2)) AS STRING) || '). To settle it: splitship judge ' || likely.alias_id_l || ' ' || likely.alias_id_r || ', with --same or --different."'
        WHEN findings.strength = 'objective' AND NOT likely.flag_id IS NULL
        THEN '"Inferred, for it needs matches that are likely and not proven. To settle them: ' || 'splitship review --next 20."'
      END,
      CASE
        WHEN NOT findings.identity_id IS NULL
        AND measures.weakest_link < :doubtful_probability
        THEN '"That these spellings are one person rests on a link of probability ' || CAST(CAST(measures.weakest_link AS DECIMAL(18, 2)) AS STRING) || '."'
      END,
      CASE
        WHEN measures.assumed_claim_count > 0
        THEN '"For ' || CAST(measures.assumed_claim_count AS STRING) || ' of the pieces neither claim nor entry type is given; a claim is assumed."'
      END,
      CASE
        WHEN measures.near_midnight_count > 0
        THEN '"' || CAST(measures.near_midnight_count AS STRING) || ' of the pieces arrived within ' || CAST(:near_midnight_hours AS STRING) || ' hours of midnight; by another clock they belong to another day."'
      END,
      CASE
        WHEN measures.owner_count > 0
        THEN '"For ' || CAST(measures.owner_count AS STRING) || ' of the pieces the person is the buyer or importer named, not the consignee."'
      END,
      CASE
        WHEN measures.proxy_value_count > 0
        THEN '"For ' || CAST(measures.proxy_value_count AS STRING) || ' of the pieces the declared value stands in for the transaction value."'
      END,
      CASE
        WHEN measures.care_of_count > 0
        THEN '"' || CAST(measures.care_of_count AS STRING) || ' of the pieces are addressed in care of another; the owner may be someone else."'
      END,
      CASE
        WHEN NOT COALESCE(hanging.is_piece_told, FALSE)
        THEN '"' || cuts.statement || '"'
      END,
      '"Also seen where nothing is wrong: ' || latest.benign || '."'
    ) || ']' AS counter_reasons,
    findings.rule_id,
    COALESCE(cited.legal_basis, findings.legal_basis) AS legal_basis,
    '{' || CONCAT_WS(
      ', ',
      '"aliases": ' || CAST(measures.aliases AS STRING),
      '"carriers": ' || CAST(measures.carriers AS STRING),
      '"filers": ' || CAST(measures.filers AS STRING),
      '"mail_mixed": ' || CAST(measures.mail_count > 0 AND measures.mail_count < measures.shipments AS STRING),
      '"modes": ' || CAST(measures.modes AS STRING),
      '"orders": ' || CAST(measures.orders AS STRING),
      '"ports": ' || CAST(measures.ports AS STRING),
      '"sellers": ' || CAST(measures.sellers AS STRING),
      findings.attributes
    ) || '}' AS attributes,
    COALESCE(harmless.is_suppressed, FALSE) AS is_suppressed,
    CASE
      WHEN NOT hanging.flag_id IS NULL
      THEN hanging.survives_to_threshold
      WHEN latest.stands_on = 'each'
      THEN 1
    END AS survives_to_threshold
  FROM findings
  INNER JOIN measures
    ON findings.flag_id = measures.flag_id
  LEFT JOIN harmless
    ON findings.flag_id = harmless.flag_id
  LEFT JOIN hanging
    ON findings.flag_id = hanging.flag_id
  LEFT JOIN likely
    ON findings.flag_id = likely.flag_id
  LEFT JOIN cuts
    ON findings.flag_id = cuts.flag_id
  LEFT JOIN cited
    ON findings.flag_id = cited.flag_id
  LEFT JOIN fallen
    ON findings.flag_id = fallen.flag_id
  LEFT JOIN latest
    ON findings.typology = latest.typology
)
SELECT
  *
FROM flags
