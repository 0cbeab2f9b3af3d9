/* One flag with its strength and score, and what is known of any flag whatever its typology. */
/* grain: flag_id */
WITH raised AS (
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
), innocent AS (
  SELECT
    *
  FROM suppression_texts
), evidence AS (
  SELECT
    *
  FROM typology_evidence
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
  FROM smallest_cut_texts
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
    explained.flag_id,
    MAX(CASE WHEN explained.effect = 'suppress' THEN 1 ELSE 0 END) = 1 AS is_suppressed,
    LISTAGG(explained.benign, '|') WITHIN GROUP (ORDER BY
      explained.effect DESC,
      explained.benign ASC NULLS LAST) AS codes,
    LISTAGG(innocent.reason, '|') WITHIN GROUP (ORDER BY
      explained.effect DESC,
      explained.benign ASC NULLS LAST) AS reasons
  FROM explained
  INNER JOIN innocent
    ON explained.flag_id = innocent.flag_id AND explained.benign = innocent.benign
  GROUP BY
    explained.flag_id
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
), scored AS (
  SELECT
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
    CASE
      WHEN raised.strength = 'objective' AND NOT likely.flag_id IS NULL
      THEN 'inferred'
      ELSE raised.strength
    END AS strength,
    ROUND(
      raised.size * CASE WHEN raised.identity_id IS NULL THEN 1 ELSE measures.weakest_link END * CASE
        WHEN raised.strength = 'objective' AND likely.flag_id IS NULL
        THEN 1
        WHEN raised.strength IN ('objective', 'inferred')
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
    raised.rule_id,
    COALESCE(cited.legal_basis, raised.legal_basis) AS legal_basis,
    COALESCE(harmless.is_suppressed, FALSE) AS is_suppressed,
    CASE
      WHEN NOT hanging.flag_id IS NULL
      THEN hanging.survives_to_threshold
      WHEN latest.stands_on = 'each'
      THEN 1
    END AS survives_to_threshold,
    evidence.reason,
    evidence.counter_reasons,
    evidence.attributes,
    evidence.codes,
    harmless.codes AS innocent_codes,
    harmless.reasons AS innocent_reasons,
    hanging.cut_codes,
    hanging.cut_reasons,
    CASE WHEN NOT COALESCE(hanging.is_piece_told, FALSE) THEN cuts.statement END AS cut_statement,
    latest.benign,
    hanging.falls_at_threshold,
    fallen.bases AS fallen_bases,
    raised.strength = 'objective' AND NOT likely.flag_id IS NULL AS needs_matches,
    likely.probability AS likely_probability,
    likely.alias_id_l AS likely_alias_l,
    likely.alias_id_r AS likely_alias_r,
    CASE
      WHEN NOT raised.identity_id IS NULL AND measures.weakest_link < :doubtful_probability
      THEN measures.weakest_link
    END AS doubtful_link,
    :near_midnight_hours AS near_midnight_hours,
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
  FROM raised
  INNER JOIN evidence
    ON raised.flag_id = evidence.flag_id
  INNER JOIN measures
    ON raised.flag_id = measures.flag_id
  LEFT JOIN harmless
    ON raised.flag_id = harmless.flag_id
  LEFT JOIN hanging
    ON raised.flag_id = hanging.flag_id
  LEFT JOIN likely
    ON raised.flag_id = likely.flag_id
  LEFT JOIN cuts
    ON raised.flag_id = cuts.flag_id
  LEFT JOIN cited
    ON raised.flag_id = cited.flag_id
  LEFT JOIN fallen
    ON raised.flag_id = fallen.flag_id
  LEFT JOIN latest
    ON raised.typology = latest.typology
)
SELECT
  *
FROM scored
