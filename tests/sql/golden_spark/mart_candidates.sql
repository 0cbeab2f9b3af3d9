/* One thing that a typology considered: flagged, or below its line. */
/* grain: candidate_id */
WITH pieces AS (
  SELECT
    *
  FROM int_candidates__with_shipments
), shipments AS (
  SELECT
    *
  FROM mart_shipments
), candidates AS (
  SELECT
    pieces.candidate_id,
    pieces.typology,
    pieces.identity_id,
    pieces.score,
    pieces.line,
    pieces.score >= pieces.line AND pieces.typology <> 'daily_limit' AS is_above,
    MIN(shipments.arrival_date) AS window_start,
    MAX(shipments.arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(shipments.value_usd) AS DECIMAL(18, 2)) AS total_usd
  FROM pieces
  INNER JOIN shipments
    ON pieces.shipment_uid = shipments.shipment_uid
  GROUP BY
    pieces.candidate_id,
    pieces.typology,
    pieces.identity_id,
    pieces.score,
    pieces.line
)
SELECT
  *
FROM candidates
