/* One row per pair of parties worth comparing: everybody with everybody in a small block, neighbours by name in a large one. */
/* grain: record_l, record_r */
WITH grouped AS (
  SELECT
    *
  FROM int_parties__grouped_by_key
), paired AS (
  SELECT
    LEAST(one.record_no, other.record_no) AS record_l,
    GREATEST(one.record_no, other.record_no) AS record_r
  FROM grouped AS one
  INNER JOIN grouped AS other
    ON one.block_key = other.block_key
    AND other.place_no > one.place_no
    AND (
      one.party_count <= :max_block OR other.place_no <= one.place_no + :window_size
    )
)
SELECT DISTINCT
  record_l,
  record_r
FROM paired
ORDER BY
  record_l NULLS LAST,
  record_r NULLS LAST
