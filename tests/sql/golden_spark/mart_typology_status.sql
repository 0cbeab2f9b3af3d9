/* One typology: was it tested, on how many shipments, and how many flags it raised. */
/* grain: typology */
WITH tested AS (
  SELECT
    *
  FROM int_typologies__tested
), texts AS (
  SELECT
    *
  FROM status_texts
), shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), flags AS (
  SELECT
    *
  FROM mart_flags
), seen AS (
  SELECT
    MIN(arrival_date) AS first_day,
    MAX(arrival_date) AS last_day,
    COUNT(*) AS shipments
  FROM shipments
  WHERE
    arrival_date BETWEEN :from_date AND :to_date
), flag_counts AS (
  SELECT
    typology,
    COUNT(*) AS flags
  FROM flags
  GROUP BY
    typology
), counted AS (
  SELECT
    tested.typology,
    texts.tested,
    CASE WHEN tested.obstacle IS NULL THEN tested.shipments ELSE 0 END AS rows,
    seen.shipments,
    COALESCE(flag_counts.flags, 0) AS flags,
    CAST(seen.first_day AS STRING) || ' to ' || CAST(seen.last_day AS STRING) AS `window`,
    texts.note
  FROM tested
  INNER JOIN texts
    ON tested.typology = texts.typology
  CROSS JOIN seen
  LEFT JOIN flag_counts
    ON tested.typology = flag_counts.typology
)
SELECT
  *
FROM counted
