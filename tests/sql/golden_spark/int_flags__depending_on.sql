/* One flag over a limit and what it hangs on: up to which threshold it stands, where it falls, which things clear it. */
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
), texts AS (
  SELECT
    *
  FROM single_cut_texts
), joined AS (
  SELECT
    cuts.flag_id,
    LISTAGG(cuts.cut, '|') WITHIN GROUP (ORDER BY
      cuts.cut NULLS LAST) AS cut_codes,
    LISTAGG(texts.reason, '|') WITHIN GROUP (ORDER BY
      cuts.cut NULLS LAST) AS cut_reasons,
    MAX(CASE WHEN cuts.cut = 'piece' THEN 1 ELSE 0 END) = 1 AS is_piece_told
  FROM cuts
  INNER JOIN texts
    ON cuts.flag_id = texts.flag_id AND cuts.cut = texts.cut
  WHERE
    cuts.is_told
  GROUP BY
    cuts.flag_id
), hanging AS (
  SELECT
    flags.flag_id,
    COALESCE(surviving.survives_to_threshold, 1) AS survives_to_threshold,
    CASE WHEN surviving.falls_at_threshold < 1 THEN surviving.falls_at_threshold END AS falls_at_threshold,
    joined.cut_codes,
    joined.cut_reasons,
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
