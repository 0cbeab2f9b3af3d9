/* One row per kind of value: how many records have one, and how many pairs of records have the same. */
/* grain: kind_no */
WITH party_values AS (
  SELECT
    *
  FROM party_values
), shared AS (
  SELECT
    *
  FROM int_values__shared_by_records
), counted AS (
  SELECT
    kind_no,
    COUNT(*) AS record_count
  FROM party_values
  GROUP BY
    kind_no
), paired AS (
  SELECT
    kind_no,
    CAST(SUM(record_count * (
      record_count - 1
    )) AS BIGINT) AS ordered_pair_count
  FROM shared
  GROUP BY
    kind_no
), of_each_kind AS (
  SELECT
    counted.kind_no,
    counted.record_count,
    COALESCE(paired.ordered_pair_count, 0) AS ordered_pair_count
  FROM counted
  LEFT JOIN paired
    ON counted.kind_no = paired.kind_no
)
SELECT
  *
FROM of_each_kind
