/* One flag and the fewest shipments without which it would not stand. */
/* grain: flag_id */
WITH cuts AS (
  SELECT
    *
  FROM int_flags__cut_short
)
SELECT
  *
FROM cuts
