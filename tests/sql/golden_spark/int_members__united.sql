/* One shipment of a flag, whatever the typology. */
/* grain: flag_id, shipment_uid */
WITH findings AS (
  SELECT
    *
  FROM int_measures__united
), united AS (
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__address_hub
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__consignment_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__daily_limit
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__description_mismatch
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__documentation_gap
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__duplicate_entry
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__entry_type_switching
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__fictitious_consignee
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__gift_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__ineligible_goods
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__inferred_order_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__informal_entry_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__just_below_clustering
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__late_filing
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__nominal_consignee
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__order_split
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__origin_mismatch
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__origin_shift
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__over_informal_limit
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__possible_daily_limit
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__structuring
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__suspended_claim
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__undervaluation
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__vague_description
  UNION ALL
  SELECT
    flag_id,
    shipment_uid,
    amount
  FROM int_members__warehouse_consignee
), held /* findings that the run does not hold hold no shipments either */ AS (
  SELECT
    united.*
  FROM united
  INNER JOIN findings
    ON united.flag_id = findings.flag_id
)
SELECT
  *
FROM held
