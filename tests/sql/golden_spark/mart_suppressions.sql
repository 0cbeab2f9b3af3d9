/* One flag and an innocent explanation that its shipments show: the flag is explained by it, or ranks lower. */
/* grain: flag_id, benign */
WITH explained AS (
  SELECT
    *
  FROM int_flags__explained_benignly
), texts AS (
  SELECT
    *
  FROM suppression_texts
), worded AS (
  SELECT
    explained.flag_id,
    explained.typology,
    explained.benign,
    explained.effect,
    texts.reason,
    explained.source,
    explained.confidence
  FROM explained
  INNER JOIN texts
    ON explained.flag_id = texts.flag_id AND explained.benign = texts.benign
)
SELECT
  *
FROM worded
