/* One row per pair of parties worth comparing: all of a small block, neighbours by name of a large one. */
/* grain: record_l, record_r */
WITH grouped AS (
  SELECT
    *
  FROM int_parties__grouped_by_key
), paired AS (
  SELECT
    LEAST(one.record_no, other.record_no) AS record_l,
    GREATEST(one.record_no, other.record_no) AS record_r,
    BIT_OR(one.sign_bits) AS sign_bits
  FROM grouped AS one
  INNER JOIN grouped AS other
    ON one.block_key = other.block_key
    AND one.place_no < other.place_no
    AND (
      one.party_count <= :max_block OR one.place_no + :window_size >= other.place_no
    )
  GROUP BY
    LEAST(one.record_no, other.record_no),
    GREATEST(one.record_no, other.record_no)
), worth_comparing AS (
  SELECT
    record_l,
    record_r
  FROM paired
  WHERE
    BIT_COUNT(sign_bits) >= :min_signs
)
SELECT
  *
FROM worth_comparing
