/* Flags whose count, total or days are not those of the shipments they name. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM mart_flags
), flag_shipments AS (
  SELECT
    *
  FROM mart_flag_shipments
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), named AS (
  SELECT
    flag_shipments.flag_id,
    COUNT(*) AS shipments,
    SUM(shipments.value_usd) AS total_usd,
    MIN(shipments.arrival_date) AS window_start,
    MAX(shipments.arrival_date) AS window_end
  FROM flag_shipments
  INNER JOIN shipments
    ON flag_shipments.shipment_uid = shipments.shipment_uid
  GROUP BY
    flag_shipments.flag_id
), disagreeing AS (
  SELECT
    COALESCE(flags.flag_id, named.flag_id) AS flag_id,
    flags.shipments AS shipments_said,
    named.shipments AS shipments_named,
    flags.total_usd AS total_said,
    named.total_usd AS total_named
  FROM flags
  FULL OUTER JOIN named
    ON flags.flag_id = named.flag_id
  WHERE
    flags.flag_id IS NULL
    OR named.flag_id IS NULL
    OR flags.shipments <> named.shipments
    OR flags.total_usd <> named.total_usd
    OR flags.window_start <> named.window_start
    OR flags.window_end <> named.window_end
)
SELECT
  *
FROM disagreeing
