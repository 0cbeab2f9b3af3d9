/* One row per part of the pairs that are asked for and record among them, with its keys. */
/* grain: part_no, record_no */
WITH asked AS (
  SELECT
    *
  FROM asked_records
), keys AS (
  SELECT
    *
  FROM int_parties__keys_of_records
), keyed AS (
  SELECT
    asked.part_no,
    keys.*
  FROM asked
  INNER JOIN keys
    ON asked.record_no = keys.record_no
)
SELECT
  *
FROM keyed
