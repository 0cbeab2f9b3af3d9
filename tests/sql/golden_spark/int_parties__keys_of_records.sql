/* One row per record, a party told apart from others by its keys: what it is compared by. */
/* grain: record_no */
WITH records AS (
  SELECT
    *
  FROM party_records
), keys AS (
  SELECT
    *
  FROM party_keys
), keyed AS (
  SELECT
    records.record_no,
    keys.*
  FROM records
  INNER JOIN keys
    ON records.alias_id = keys.alias_id
)
SELECT
  *
FROM keyed
