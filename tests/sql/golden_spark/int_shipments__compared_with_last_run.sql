/* One shipment of a flag, in this run or in the last one, and what is different about it. */
/* grain: flag_id, shipment_uid */
WITH flags AS (
  SELECT
    flag_id,
    typology,
    strength,
    window_end
  FROM mart_flags
  WHERE
    NOT is_suppressed
), members AS (
  SELECT
    *
  FROM mart_flag_shipments
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), previous_flags AS (
  SELECT
    flag_id,
    typology,
    strength,
    window_end
  FROM last_flags
  WHERE
    NOT is_suppressed
), previous_members AS (
  SELECT
    *
  FROM last_flag_shipments
), previous_shipments AS (
  SELECT
    *
  FROM last_shipments
), identity_changes AS (
  SELECT DISTINCT
    identity_id
  FROM identity_changes
  WHERE
    cause = 'human'
), facts AS (
  SELECT
    *
  FROM run_facts
  WHERE
    NOT last_run_id IS NULL
), current_pieces AS (
  SELECT
    flags.flag_id,
    flags.typology,
    flags.strength,
    flags.window_end,
    members.shipment_uid
  FROM flags
  INNER JOIN members
    ON flags.flag_id = members.flag_id
), last_pieces AS (
  SELECT
    previous_flags.flag_id,
    previous_flags.typology,
    previous_flags.strength,
    previous_flags.window_end,
    previous_members.shipment_uid
  FROM previous_flags
  INNER JOIN previous_members
    ON previous_flags.flag_id = previous_members.flag_id
), paired AS (
  SELECT
    COALESCE(current_pieces.flag_id, last_pieces.flag_id) AS flag_id,
    COALESCE(current_pieces.typology, last_pieces.typology) AS typology,
    COALESCE(current_pieces.strength, last_pieces.strength) AS strength,
    COALESCE(current_pieces.window_end, last_pieces.window_end) AS window_end,
    COALESCE(current_pieces.shipment_uid, last_pieces.shipment_uid) AS shipment_uid,
    NOT current_pieces.flag_id IS NULL AS is_in_now,
    NOT last_pieces.flag_id IS NULL AS is_in_before
  FROM current_pieces
  FULL OUTER JOIN last_pieces
    ON current_pieces.flag_id = last_pieces.flag_id
    AND current_pieces.shipment_uid = last_pieces.shipment_uid
), compared AS (
  SELECT
    paired.*,
    CASE WHEN paired.is_in_now THEN shipments.value_usd ELSE 0 END AS usd_now,
    CASE WHEN paired.is_in_before THEN previous_shipments.value_usd ELSE 0 END AS usd_before,
    previous_shipments.shipment_uid IS NULL
    AND shipments.arrival_date > facts.last_day AS is_new_day,
    previous_shipments.shipment_uid IS NULL AS is_new,
    shipments.shipment_uid IS NULL
    OR shipments.arrival_date <> previous_shipments.arrival_date
    OR shipments.declared_value <> previous_shipments.declared_value
    OR shipments.currency <> previous_shipments.currency
    OR COALESCE(shipments.entry_type, '') <> COALESCE(previous_shipments.entry_type, '')
    OR COALESCE(shipments.origin_country, '') <> COALESCE(previous_shipments.origin_country, '')
    OR COALESCE(shipments.mode, '') <> COALESCE(previous_shipments.mode, '')
    OR COALESCE(shipments.order_id, '') <> COALESCE(previous_shipments.order_id, '') AS is_amended,
    COALESCE(shipments.identity_id, '') <> COALESCE(previous_shipments.identity_id, '') AS is_moved,
    NOT judged_now.identity_id IS NULL OR NOT judged_before.identity_id IS NULL AS is_judged
  FROM paired
  CROSS JOIN facts
  LEFT JOIN shipments
    ON paired.shipment_uid = shipments.shipment_uid
  LEFT JOIN previous_shipments
    ON paired.shipment_uid = previous_shipments.shipment_uid
  LEFT JOIN identity_changes AS judged_now
    ON shipments.identity_id = judged_now.identity_id
  LEFT JOIN identity_changes AS judged_before
    ON previous_shipments.identity_id = judged_before.identity_id
)
SELECT
  *
FROM compared
