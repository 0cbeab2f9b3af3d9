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
  FROM int_findings__address_hub
  UNION ALL
  SELECT
    *
  FROM int_findings__consignment_split
  UNION ALL
  SELECT
    *
  FROM int_findings__daily_limit
  UNION ALL
  SELECT
    *
  FROM int_findings__description_mismatch
  UNION ALL
  SELECT
    *
  FROM int_findings__documentation_gap
  UNION ALL
  SELECT
    *
  FROM int_findings__duplicate_entry
  UNION ALL
  SELECT
    *
  FROM int_findings__entry_type_switching
  UNION ALL
  SELECT
    *
  FROM int_findings__fictitious_consignee
  UNION ALL
  SELECT
    *
  FROM int_findings__gift_split
  UNION ALL
  SELECT
    *
  FROM int_findings__ineligible_goods
  UNION ALL
  SELECT
    *
  FROM int_findings__inferred_order_split
  UNION ALL
  SELECT
    *
  FROM int_findings__informal_entry_split
  UNION ALL
  SELECT
    *
  FROM int_findings__just_below_clustering
  UNION ALL
  SELECT
    *
  FROM int_findings__late_filing
  UNION ALL
  SELECT
    *
  FROM int_findings__nominal_consignee
  UNION ALL
  SELECT
    *
  FROM int_findings__order_split
  UNION ALL
  SELECT
    *
  FROM int_findings__origin_mismatch
  UNION ALL
  SELECT
    *
  FROM int_findings__origin_shift
  UNION ALL
  SELECT
    *
  FROM int_findings__over_informal_limit
  UNION ALL
  SELECT
    *
  FROM int_findings__possible_daily_limit
  UNION ALL
  SELECT
    *
  FROM int_findings__structuring
  UNION ALL
  SELECT
    *
  FROM int_findings__suspended_claim
  UNION ALL
  SELECT
    *
  FROM int_findings__undervaluation
  UNION ALL
  SELECT
    *
  FROM int_findings__vague_description
  UNION ALL
  SELECT
    *
  FROM int_findings__warehouse_consignee
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
