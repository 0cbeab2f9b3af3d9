/* One flag over a limit and what it hangs on: up to which threshold it stands, and what clears it, as counter-reasons. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM int_flags__over_a_limit
), surviving AS (
  SELECT
    *
  FROM int_flags__surviving_thresholds
), cuts AS (
  SELECT
    *
  FROM int_flags__depending_on_one_record
), sentences AS (
  SELECT
    flag_id,
    cut,
    reason
  FROM cuts
  WHERE
    is_told
  UNION ALL
  SELECT
    flag_id,
    'threshold' AS cut,
    'At a stricter threshold of ' || CAST(falls_at_threshold AS STRING) || ' on who is who no part of it is over the limit.' AS reason
  FROM surviving
  WHERE
    falls_at_threshold < 1
), joined AS (
  SELECT
    flag_id,
    LISTAGG('"' || reason || '"', ', ') WITHIN GROUP (ORDER BY
      cut NULLS LAST) AS counter_reasons,
    MAX(CASE WHEN cut = 'piece' THEN 1 ELSE 0 END) = 1 AS is_piece_told
  FROM sentences
  GROUP BY
    flag_id
), hanging AS (
  SELECT
    flags.flag_id,
    COALESCE(surviving.survives_to_threshold, 1) AS survives_to_threshold,
    joined.counter_reasons,
    COALESCE(joined.is_piece_told, FALSE) AS is_piece_told
  FROM flags
  LEFT JOIN surviving
    ON flags.flag_id = surviving.flag_id
  LEFT JOIN joined
    ON flags.flag_id = joined.flag_id
)
SELECT
  *
FROM hanging
