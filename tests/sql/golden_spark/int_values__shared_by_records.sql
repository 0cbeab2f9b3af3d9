/* One row per kind of value and value that several records have. */
/* grain: kind_no, value_no */
WITH party_values AS (
  SELECT
    *
  FROM party_values
), counted AS (
  SELECT
    kind_no,
    value_no,
    COUNT(*) AS record_count
  FROM party_values
  GROUP BY
    kind_no,
    value_no
), shared AS (
  SELECT
    *
  FROM counted
  WHERE
    record_count > 1
)
SELECT
  *
FROM shared
