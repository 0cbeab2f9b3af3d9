/* One flag of a person and the strictest threshold on who is who at which a part of it is still over the limit. */
/* grain: flag_id */
WITH flags AS (
  SELECT
    *
  FROM int_flags__over_a_limit
), regrouped AS (
  SELECT
    *
  FROM int_flags__regrouped_by_threshold
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
), central AS (
  SELECT
    flags.flag_id,
    thresholds.threshold
  FROM flags
  CROSS JOIN thresholds
  WHERE
    flags.is_of_person AND thresholds.standing = 'central'
), standing AS (
  SELECT
    flag_id,
    threshold
  FROM regrouped
  WHERE
    is_over_limit
  UNION ALL
  SELECT
    flag_id,
    threshold
  FROM central
), fallen AS (
  SELECT
    flag_id,
    MIN(threshold) AS falls_at_threshold
  FROM regrouped
  WHERE
    NOT is_over_limit
  GROUP BY
    flag_id
), surviving AS (
  SELECT
    standing.flag_id,
    MAX(standing.threshold) AS survives_to_threshold,
    MIN(fallen.falls_at_threshold) AS falls_at_threshold
  FROM standing
  LEFT JOIN fallen
    ON standing.flag_id = fallen.flag_id
  GROUP BY
    standing.flag_id
)
SELECT
  *
FROM surviving
