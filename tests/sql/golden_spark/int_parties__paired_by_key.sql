/* One row per pair of parties worth comparing: all of a small block, neighbours by name of a large one. */
/* grain: record_l, record_r */
WITH grouped AS (
  SELECT
    *
  FROM int_parties__grouped_by_key
), small AS (
  SELECT
    one.record_no AS one_no,
    other.record_no AS other_no,
    one.sign_bits
  FROM grouped AS one
  INNER JOIN grouped AS other
    ON one.block_key = other.block_key AND one.place_no < other.place_no
  WHERE
    one.stretch_no IS NULL AND other.stretch_no IS NULL
), near AS (
  SELECT
    block_key,
    record_no,
    place_no,
    stretch_no
  FROM grouped
  WHERE
    NOT stretch_no IS NULL
  UNION ALL
  SELECT
    block_key,
    record_no,
    place_no,
    stretch_no - 1 AS stretch_no
  FROM grouped
  WHERE
    NOT stretch_no IS NULL
), walked AS (
  SELECT
    one.record_no AS one_no,
    other.record_no AS other_no,
    one.sign_bits
  FROM grouped AS one
  INNER JOIN near AS other
    ON one.block_key = other.block_key
    AND one.stretch_no = other.stretch_no
    AND one.place_no < other.place_no
    AND one.place_no + :window_size >= other.place_no
), brought_up AS (
  SELECT
    *
  FROM small
  UNION ALL
  SELECT
    *
  FROM walked
), paired AS (
  SELECT
    LEAST(one_no, other_no) AS record_l,
    GREATEST(one_no, other_no) AS record_r,
    BIT_OR(sign_bits) AS sign_bits
  FROM brought_up
  GROUP BY
    LEAST(one_no, other_no),
    GREATEST(one_no, other_no)
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
