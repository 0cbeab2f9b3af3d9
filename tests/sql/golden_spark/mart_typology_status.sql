/* One typology: was it tested, on how many shipments, and how many flags it raised. */
/* grain: typology */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__sorted_into_pools
), rolled_up AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), answers AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), flags AS (
  SELECT
    *
  FROM mart_flags
), pieces AS (
  SELECT
    *
  FROM int_pieces__brought_together
), seen AS (
  SELECT
    COUNT(*) AS shipments,
    COUNT(shipments.identity_id) AS with_identity,
    COUNT(rolled_up.order_id) AS with_order,
    COUNT(CASE WHEN NOT shipments.identity_id IS NULL THEN shipments.conveyance_id END) AS with_conveyance,
    MIN(shipments.arrival_date) AS first_day,
    MAX(shipments.arrival_date) AS last_day
  FROM shipments
  INNER JOIN rolled_up
    ON shipments.shipment_uid = rolled_up.shipment_uid
  WHERE
    shipments.arrival_date BETWEEN :from_date AND :to_date
), units AS (
  SELECT
    COUNT(DISTINCT shipment_uid) AS grouped
  FROM pieces
), claims AS (
  SELECT
    COUNT(DISTINCT shipment_uid) FILTER(WHERE
      is_available AND NOT identity_id IS NULL) AS summable,
    COUNT(DISTINCT shipment_uid) FILTER(WHERE
      exemption_basis <> 'assumed') AS stated,
    COUNT(DISTINCT shipment_uid) FILTER(WHERE
      NOT rule_id IS NULL) AS ruled
  FROM answers
  WHERE
    exemption_claimed AND arrival_date BETWEEN :from_date AND :to_date
), rules AS (
  SELECT
    COUNT(*) FILTER(WHERE
      kind = 'exemption') AS exemption_rules,
    COUNT(*) FILTER(WHERE
      kind = 'exemption' AND grouping_key = 'person_day') AS person_day_rules,
    COUNT(*) FILTER(WHERE
      kind = 'lots_bar' AND grouping_key = 'order') AS lot_rules,
    COUNT(*) FILTER(WHERE
      kind = 'entry_limit') AS informal_rules,
    COUNT(*) FILTER(WHERE
      kind IN ('exemption', 'lots_bar', 'relief')
      AND grouping_key IN ('consignment', 'sender_conveyance', 'conveyance_consignee', 'purchase_day')) AS unit_rules
  FROM conditions
), statuses AS (
  SELECT
    'daily_limit' AS typology,
    CASE
      WHEN rules.person_day_rules = 0
      THEN 'not tested: no rule in ref_limits for these days'
      WHEN seen.with_identity = 0
      THEN 'not tested: no consignee'
      ELSE 'yes'
    END AS tested,
    claims.summable AS row_count,
    CAST(NULL AS STRING) AS note
  FROM seen
  CROSS JOIN claims
  CROSS JOIN rules
  UNION ALL
  SELECT
    'order_split' AS typology,
    CASE
      WHEN rules.lot_rules = 0
      THEN 'not tested: no rule in ref_limits for these days'
      WHEN seen.with_order = 0
      THEN 'not tested: no order_id'
      ELSE 'yes'
    END AS tested,
    seen.with_order AS row_count,
    CAST(NULL AS STRING) AS note
  FROM seen
  CROSS JOIN claims
  CROSS JOIN rules
  UNION ALL
  SELECT
    'suspended_claim' AS typology,
    CASE
      WHEN rules.exemption_rules = 0
      THEN 'not tested: no rule in ref_limits for these days'
      WHEN claims.stated = 0
      THEN 'not tested: no entry_type, no exemption_claimed'
      ELSE 'yes'
    END AS tested,
    claims.stated AS row_count,
    CAST(NULL AS STRING) AS note
  FROM seen
  CROSS JOIN claims
  CROSS JOIN rules
  UNION ALL
  SELECT
    'informal_entry_split' AS typology,
    CASE
      WHEN rules.informal_rules = 0
      THEN 'not tested: no rule in ref_limits for these days'
      WHEN seen.with_order = 0 AND seen.with_conveyance = 0
      THEN 'not tested: no order_id, no conveyance_id'
      ELSE 'yes'
    END AS tested,
    GREATEST(seen.with_order, seen.with_conveyance) AS row_count,
    CASE
      WHEN seen.with_order > 0 AND seen.with_conveyance = 0
      THEN 'by conveyance and consignee: not tested: no conveyance_id'
      WHEN seen.with_conveyance > 0 AND seen.with_order = 0
      THEN 'by order: not tested: no order_id'
    END AS note
  FROM seen
  CROSS JOIN claims
  CROSS JOIN rules
  UNION ALL
  /* a regime without such a unit has nothing to say of it */
  SELECT
    'consignment_split' AS typology,
    CASE
      WHEN units.grouped = 0
      THEN 'not tested: no house_bill, conveyance_id, seller or order_date'
      ELSE 'yes'
    END AS tested,
    units.grouped AS row_count,
    CAST(NULL AS STRING) AS note
  FROM rules
  CROSS JOIN units
  WHERE
    rules.unit_rules > 0
), flag_counts AS (
  SELECT
    typology,
    COUNT(*) AS flags
  FROM flags
  GROUP BY
    typology
), counted AS (
  SELECT
    statuses.typology,
    statuses.tested,
    CASE WHEN statuses.tested = 'yes' THEN statuses.row_count ELSE 0 END AS rows,
    COALESCE(flag_counts.flags, 0) AS flags,
    CAST(seen.first_day AS STRING) || ' to ' || CAST(seen.last_day AS STRING) AS `window`,
    statuses.note
  FROM statuses
  CROSS JOIN seen
  LEFT JOIN flag_counts
    ON statuses.typology = flag_counts.typology
)
SELECT
  *
FROM counted
