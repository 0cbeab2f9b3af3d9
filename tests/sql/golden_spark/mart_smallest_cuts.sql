/* One flag and the fewest shipments without which it would not stand. */
/* grain: flag_id */
WITH cuts AS (
  SELECT
    *
  FROM int_flags__cut_short
), texts AS (
  SELECT
    *
  FROM smallest_cut_texts
), worded AS (
  SELECT
    cuts.*,
    texts.statement
  FROM cuts
  INNER JOIN texts
    ON cuts.flag_id = texts.flag_id
)
SELECT
  *
FROM worded
