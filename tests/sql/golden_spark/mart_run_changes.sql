/* One flag that a run raised, dropped or changed, and one cause of it; the amounts of a run add up to its difference. */
/* grain: run_id, flag_id, cause */
WITH pieces AS (
  SELECT
    *
  FROM int_shipments__compared_with_last_run
), facts AS (
  SELECT
    *
  FROM run_facts
), past AS (
  SELECT
    *
  FROM past_run_changes
), flags AS (
  SELECT
    flag_id,
    MAX(CASE WHEN is_in_now THEN 1 ELSE 0 END) = 1 AS is_there_now,
    MAX(CASE WHEN is_in_before THEN 1 ELSE 0 END) = 1 AS was_there_before,
    MAX(CASE WHEN is_new_day THEN 1 ELSE 0 END) = 1 AS has_new_day,
    MAX(CASE WHEN is_new THEN 1 ELSE 0 END) = 1 AS has_new,
    MAX(CASE WHEN is_amended THEN 1 ELSE 0 END) = 1 AS has_amended,
    MAX(CASE WHEN is_moved THEN 1 ELSE 0 END) = 1 AS has_moved,
    MAX(CASE WHEN is_moved AND is_judged THEN 1 ELSE 0 END) = 1 AS has_judged,
    COALESCE(MAX(CASE WHEN is_in_now THEN strength END), MAX(strength)) AS strength,
    COALESCE(MAX(CASE WHEN is_in_now THEN window_end END), MAX(window_end)) AS window_end
  FROM pieces
  GROUP BY
    flag_id
), told /* a flag that comes or goes has one cause, the first that applies; of one that stays each piece has its own */ AS (
  SELECT
    pieces.flag_id,
    pieces.typology,
    flags.strength,
    flags.window_end,
    CASE
      WHEN NOT flags.was_there_before
      THEN 'appeared'
      WHEN NOT flags.is_there_now
      THEN 'gone'
      ELSE 'changed'
    END AS change,
    CASE
      WHEN flags.is_there_now AND flags.was_there_before
      THEN CASE
        WHEN pieces.is_new_day
        THEN 'new_data'
        WHEN pieces.is_new OR pieces.is_amended
        THEN 'late_data'
        WHEN pieces.is_moved AND pieces.is_judged
        THEN 'judgements'
        WHEN pieces.is_moved
        THEN 'identity'
      END
      WHEN flags.has_new_day
      THEN 'new_data'
      WHEN flags.has_new OR flags.has_amended
      THEN 'late_data'
      WHEN flags.has_judged
      THEN 'judgements'
      WHEN flags.has_moved
      THEN 'identity'
    END AS cause,
    pieces.usd_now,
    pieces.usd_before,
    pieces.is_in_now <> pieces.is_in_before OR pieces.usd_now <> pieces.usd_before AS is_different
  FROM pieces
  INNER JOIN flags
    ON pieces.flag_id = flags.flag_id
), settled AS (
  SELECT
    facts.run_id,
    facts.last_run_id,
    told.flag_id,
    told.typology,
    told.strength,
    told.window_end,
    told.change,
    COALESCE(
      told.cause,
      CASE
        WHEN facts.is_other_law
        THEN 'rules'
        WHEN facts.is_other_setting
        THEN 'settings'
        WHEN facts.is_other_program
        THEN 'program'
        ELSE 'others'
      END
    ) AS cause,
    told.usd_now,
    told.usd_before
  FROM told
  CROSS JOIN facts
  WHERE
    told.is_different
), changes AS (
  SELECT
    run_id,
    last_run_id,
    flag_id,
    typology,
    change,
    cause,
    CAST(SUM(usd_now) - SUM(usd_before) AS DECIMAL(18, 2)) AS usd_change,
    strength,
    window_end
  FROM settled
  GROUP BY
    run_id,
    last_run_id,
    flag_id,
    typology,
    change,
    cause,
    strength,
    window_end
), united AS (
  SELECT
    run_id,
    last_run_id,
    flag_id,
    typology,
    change,
    cause,
    usd_change,
    strength,
    window_end
  FROM past
  UNION ALL
  SELECT
    *
  FROM changes
)
SELECT
  *
FROM united
