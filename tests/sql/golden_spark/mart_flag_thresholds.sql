/* One flag and threshold on who is who: does it stand there, with how much; flags that only it would raise, too. */
/* grain: flag_id, threshold */
WITH flags AS (
  SELECT
    *
  FROM mart_flags
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
), regrouped AS (
  SELECT
    *
  FROM int_flags__regrouped_by_threshold
), joined AS (
  SELECT
    *
  FROM int_flags__joined_by_threshold
), days AS (
  SELECT
    *
  FROM int_shipments__summed_to_joined_day
), conveyances AS (
  SELECT
    *
  FROM int_shipments__summed_to_joined_conveyance
), larger AS (
  SELECT
    group_id,
    threshold,
    'daily_limit' AS typology,
    CAST(identity_count AS STRING) || ' identities as one (' || first_identity_id || ', ' || last_identity_id || '), ' || CAST(arrival_date AS STRING) || ', ' || pool AS subject,
    arrival_date AS window_end,
    shipments,
    total_usd
  FROM days
  UNION ALL
  SELECT
    group_id,
    threshold,
    'informal_entry_split' AS typology,
    CAST(identity_count AS STRING) || ' identities as one (' || first_identity_id || ', ' || last_identity_id || '), conveyance ' || conveyance_id || ', ' || CAST(arrival_date AS STRING) AS subject,
    arrival_date AS window_end,
    shipments,
    total_usd
  FROM conveyances
), flags_of_groups AS (
  SELECT
    joined.group_id,
    joined.threshold,
    MIN(flags.flag_id) AS flag_id,
    CAST(SUM(flags.shipments) AS BIGINT) AS shipments,
    CAST(SUM(flags.total_usd) AS DECIMAL(18, 2)) AS total_usd
  FROM joined
  INNER JOIN flags
    ON joined.flag_id = flags.flag_id
  GROUP BY
    joined.group_id,
    joined.threshold
), growth /* what a larger group adds is told by the first of its flags, so that the sum over flags is that of the group */ AS (
  SELECT
    flags_of_groups.flag_id,
    flags_of_groups.threshold,
    CAST(SUM(GREATEST(larger.shipments - flags_of_groups.shipments, 0)) AS BIGINT) AS shipments,
    CAST(SUM(GREATEST(larger.total_usd - flags_of_groups.total_usd, 0)) AS DECIMAL(18, 2)) AS total_usd
  FROM flags_of_groups
  INNER JOIN larger
    ON flags_of_groups.group_id = larger.group_id
    AND flags_of_groups.threshold = larger.threshold
  GROUP BY
    flags_of_groups.flag_id,
    flags_of_groups.threshold
), raised AS (
  SELECT
    flags.flag_id,
    thresholds.threshold,
    thresholds.standing,
    flags.regime,
    flags.typology,
    flags.subject,
    flags.window_end,
    TRUE AS is_raised,
    COALESCE(regrouped.is_over_limit, TRUE) AS stands,
    COALESCE(regrouped.shipments, flags.shipments + COALESCE(growth.shipments, 0)) AS shipments,
    CAST(COALESCE(regrouped.total_usd, flags.total_usd + COALESCE(growth.total_usd, 0)) AS DECIMAL(18, 2)) AS total_usd
  FROM flags
  CROSS JOIN thresholds
  LEFT JOIN regrouped
    ON flags.flag_id = regrouped.flag_id AND thresholds.threshold = regrouped.threshold
  LEFT JOIN growth
    ON flags.flag_id = growth.flag_id AND thresholds.threshold = growth.threshold
), added AS (
  SELECT
    larger.group_id AS flag_id,
    larger.threshold,
    thresholds.standing,
    :regime AS regime,
    larger.typology,
    larger.subject,
    larger.window_end,
    FALSE AS is_raised,
    TRUE AS stands,
    larger.shipments,
    larger.total_usd
  FROM larger
  INNER JOIN thresholds
    ON larger.threshold = thresholds.threshold
  LEFT JOIN flags_of_groups
    ON larger.group_id = flags_of_groups.group_id
    AND larger.threshold = flags_of_groups.threshold
  WHERE
    flags_of_groups.flag_id IS NULL
), united AS (
  SELECT
    *
  FROM raised
  UNION ALL
  SELECT
    *
  FROM added
)
SELECT
  *
FROM united
