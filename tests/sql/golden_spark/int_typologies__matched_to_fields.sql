/* One typology, what the shipments of the period carry of what it needs, and what of that could not be read. */
/* grain: typology */
WITH typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime
), fields AS (
  SELECT
    *
  FROM ref_typology_fields
  WHERE
    regime = :regime
), patterns AS (
  SELECT
    *
  FROM int_fields__filled
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), goods AS (
  SELECT
    *
  FROM ref_ineligible_goods
  WHERE
    regime = :regime
), chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
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
), filled AS (
  SELECT
    carried,
    CAST(SUM(shipments) AS BIGINT) AS shipments
  FROM patterns
  GROUP BY
    carried
), met AS (
  SELECT DISTINCT
    fields.typology,
    fields.clause_no,
    filled.carried,
    filled.shipments
  FROM fields
  INNER JOIN filled
    ON filled.carried LIKE '%|' || fields.field || '|%'
), clauses AS (
  SELECT DISTINCT
    typology,
    clause_no
  FROM fields
), clause_counts AS (
  SELECT
    typology,
    COUNT(*) AS clauses
  FROM clauses
  GROUP BY
    typology
), met_in_full AS (
  SELECT
    met.typology,
    met.carried,
    MAX(met.shipments) AS shipments
  FROM met
  INNER JOIN clause_counts
    ON met.typology = clause_counts.typology
  GROUP BY
    met.typology,
    met.carried,
    clause_counts.clauses
  HAVING
    COUNT(*) = clause_counts.clauses
), tested AS (
  SELECT
    typology,
    CAST(SUM(shipments) AS BIGINT) AS shipments
  FROM met_in_full
  GROUP BY
    typology
), met_somewhere AS (
  SELECT DISTINCT
    typology,
    clause_no
  FROM met
), unmet AS (
  SELECT
    fields.*
  FROM fields
  LEFT JOIN met_somewhere
    ON fields.typology = met_somewhere.typology
    AND fields.clause_no = met_somewhere.clause_no
  WHERE
    met_somewhere.typology IS NULL
), absent /* a column that is absent is one thing; columns that hold nothing to judge are another */ AS (
  SELECT
    typology,
    LISTAGG(CASE WHEN NOT is_circumstance THEN wording END, '|') WITHIN GROUP (ORDER BY
      field_no NULLS LAST) AS columns_absent,
    LISTAGG(wording, '|') WITHIN GROUP (ORDER BY
      field_no NULLS LAST) AS all_absent
  FROM unmet
  GROUP BY
    typology
), missed /* shipments that lack what a typology needs because it could not be read */ AS (
  SELECT DISTINCT
    fields.typology,
    fields.field,
    patterns.carried,
    patterns.unread,
    patterns.shipments
  FROM fields
  INNER JOIN patterns
    ON patterns.unread LIKE '%|' || fields.field || '|%'
  LEFT JOIN met
    ON fields.typology = met.typology
    AND fields.clause_no = met.clause_no
    AND patterns.carried = met.carried
  WHERE
    met.typology IS NULL
), missed_patterns AS (
  SELECT DISTINCT
    typology,
    carried,
    unread,
    shipments
  FROM missed
), missed_fields AS (
  SELECT DISTINCT
    typology,
    field
  FROM missed
), missed_counts AS (
  SELECT
    typology,
    CAST(SUM(shipments) AS BIGINT) AS shipments
  FROM missed_patterns
  GROUP BY
    typology
), missed_together AS (
  SELECT
    typology,
    LISTAGG(field, '|') WITHIN GROUP (ORDER BY
      field NULLS LAST) AS fields
  FROM missed_fields
  GROUP BY
    typology
), clause_fields AS (
  SELECT
    typology,
    clause_no,
    LISTAGG(wording, '|') WITHIN GROUP (ORDER BY
      field_no NULLS LAST) AS fields
  FROM fields
  GROUP BY
    typology,
    clause_no
), needed AS (
  SELECT
    typology,
    LISTAGG(fields, '; ') WITHIN GROUP (ORDER BY
      clause_no NULLS LAST) AS clauses
  FROM clause_fields
  GROUP BY
    typology
), rules AS (
  SELECT
    kind,
    grouping_key
  FROM conditions
  WHERE
    kind IN ('exemption', 'lots_bar', 'relief')
), ruled AS (
  SELECT
    kind AS needs_rule
  FROM conditions
  UNION
  SELECT
    grouping_key AS needs_rule
  FROM rules
  UNION
  SELECT
    'unit' AS needs_rule
  FROM rules
  WHERE
    grouping_key IN ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')
  UNION
  SELECT
    'goods' AS needs_rule
  FROM goods
), matched AS (
  SELECT
    latest.typology,
    CASE
      WHEN latest.made_by = 'missing'
      THEN 'not_made'
      WHEN chosen.resolve = 'hot' AND latest.needs_everybody
      THEN 'pruned_run'
      WHEN latest.needs_rule = 'goods' AND ruled.needs_rule IS NULL
      THEN 'no_goods'
      WHEN latest.needs_rule <> '-' AND ruled.needs_rule IS NULL
      THEN 'no_rule'
      WHEN :missing_order_id = 'ignore' AND latest.typology = 'inferred_order_split'
      THEN 'orders_ignored'
      WHEN NOT absent.columns_absent IS NULL
      THEN 'columns_absent'
      WHEN NOT absent.all_absent IS NULL
      THEN 'circumstances_absent'
      WHEN tested.shipments IS NULL
      THEN 'never_together'
    END AS obstacle,
    COALESCE(tested.shipments, 0) AS shipments,
    COALESCE(absent.columns_absent, absent.all_absent) AS absent,
    needed.clauses AS needed,
    missed_counts.shipments AS missed_shipments,
    missed_together.fields AS missed_fields
  FROM latest
  CROSS JOIN chosen
  LEFT JOIN ruled
    ON latest.needs_rule = ruled.needs_rule
  LEFT JOIN absent
    ON latest.typology = absent.typology
  LEFT JOIN needed
    ON latest.typology = needed.typology
  LEFT JOIN tested
    ON latest.typology = tested.typology
  LEFT JOIN missed_counts
    ON latest.typology = missed_counts.typology
  LEFT JOIN missed_together
    ON latest.typology = missed_together.typology
)
SELECT
  *
FROM matched
