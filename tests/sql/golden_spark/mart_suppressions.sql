/* One flag and a harmless reason that its shipments show: the flag is explained by it, or ranks lower. */
/* grain: flag_id, benign */
WITH explained AS (
  SELECT
    *
  FROM int_flags__explained_benignly
)
SELECT
  *
FROM explained
