/* One flag in words and figures, whatever the typology. */
/* grain: flag_id */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), untested /* what a run cannot test that compares only those who can matter */ AS (
  SELECT DISTINCT
    ref_typologies.typology
  FROM ref_typologies
  INNER JOIN chosen
    ON chosen.resolve = 'hot'
  WHERE
    ref_typologies.regime = :regime AND ref_typologies.needs_everybody
), united AS (
  SELECT
    *
  FROM int_measures__address_hub
  UNION ALL
  SELECT
    *
  FROM int_measures__consignment_split
  UNION ALL
  SELECT
    *
  FROM int_measures__daily_limit
  UNION ALL
  SELECT
    *
  FROM int_measures__description_mismatch
  UNION ALL
  SELECT
    *
  FROM int_measures__documentation_gap
  UNION ALL
  SELECT
    *
  FROM int_measures__duplicate_entry
  UNION ALL
  SELECT
    *
  FROM int_measures__entry_type_switching
  UNION ALL
  SELECT
    *
  FROM int_measures__fictitious_consignee
  UNION ALL
  SELECT
    *
  FROM int_measures__gift_split
  UNION ALL
  SELECT
    *
  FROM int_measures__ineligible_goods
  UNION ALL
  SELECT
    *
  FROM int_measures__inferred_order_split
  UNION ALL
  SELECT
    *
  FROM int_measures__informal_entry_split
  UNION ALL
  SELECT
    *
  FROM int_measures__just_below_clustering
  UNION ALL
  SELECT
    *
  FROM int_measures__late_filing
  UNION ALL
  SELECT
    *
  FROM int_measures__nominal_consignee
  UNION ALL
  SELECT
    *
  FROM int_measures__order_split
  UNION ALL
  SELECT
    *
  FROM int_measures__origin_mismatch
  UNION ALL
  SELECT
    *
  FROM int_measures__origin_shift
  UNION ALL
  SELECT
    *
  FROM int_measures__over_informal_limit
  UNION ALL
  SELECT
    *
  FROM int_measures__possible_daily_limit
  UNION ALL
  SELECT
    *
  FROM int_measures__structuring
  UNION ALL
  SELECT
    *
  FROM int_measures__suspended_claim
  UNION ALL
  SELECT
    *
  FROM int_measures__undervaluation
  UNION ALL
  SELECT
    *
  FROM int_measures__vague_description
  UNION ALL
  SELECT
    *
  FROM int_measures__warehouse_consignee
), tested AS (
  SELECT
    united.*
  FROM united
  LEFT JOIN untested
    ON united.typology = untested.typology
  WHERE
    untested.typology IS NULL
)
SELECT
  *
FROM tested
