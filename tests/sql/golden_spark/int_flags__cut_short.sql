/* One flag and the fewest shipments without which it would not stand; none where it stands on a pattern. */
/* grain: flag_id */
WITH ranked AS (
  SELECT
    *
  FROM int_members__ranked_in_flags
), sums /* without the dearest ones up to here the rest is within the limit, or too few to be a split */ AS (
  SELECT
    flag_id,
    MIN(place) AS cut_count
  FROM ranked
  WHERE
    stands_on = 'sum'
    AND (
      total_amount - dearest_amount <= limit_amount OR shipments - place < :min_pieces
    )
  GROUP BY
    flag_id
), groups_by_size AS (
  SELECT
    ranked.*,
    ROW_NUMBER() OVER (PARTITION BY flag_id ORDER BY group_size NULLS LAST, group_name NULLS LAST) AS size_place,
    COUNT(*) OVER (PARTITION BY flag_id) AS group_count,
    MAX(group_size) OVER (PARTITION BY flag_id) AS largest_group
  FROM ranked
  WHERE
    stands_on IN ('names', 'pieces') AND group_place = 1
), grouped /* of names one less than many may stay, the largest ones; of entries of one bill one may */ AS (
  SELECT
    flag_id,
    CAST(CASE
      WHEN MIN(stands_on) = 'pieces'
      THEN MIN(shipments) - MAX(largest_group)
      ELSE SUM(
        CASE WHEN size_place <= group_count - :min_hub_names + 1 THEN group_size ELSE 0 END
      )
    END AS BIGINT) AS cut_count
  FROM groups_by_size
  GROUP BY
    flag_id
), flags AS (
  SELECT
    flag_id,
    MIN(stands_on) AS stands_on,
    MAX(shipments) AS shipments
  FROM ranked
  GROUP BY
    flag_id
), counted AS (
  SELECT
    flags.flag_id,
    flags.stands_on,
    flags.shipments,
    CASE flags.stands_on
      WHEN 'sum'
      THEN sums.cut_count
      WHEN 'each'
      THEN flags.shipments
      WHEN 'shipments'
      THEN flags.shipments - :min_pattern_shipments + 1
      WHEN 'names'
      THEN grouped.cut_count
      WHEN 'pieces'
      THEN grouped.cut_count
    END AS cut_count
  FROM flags
  LEFT JOIN sums
    ON flags.flag_id = sums.flag_id
  LEFT JOIN grouped
    ON flags.flag_id = grouped.flag_id
), valued AS (
  SELECT
    counted.flag_id,
    counted.stands_on,
    counted.shipments,
    counted.cut_count,
    CAST(SUM(
      CASE
        WHEN counted.stands_on IN ('sum', 'each') AND ranked.place <= counted.cut_count
        THEN value_usd
      END
    ) AS DECIMAL(18, 2)) AS cut_usd
  FROM counted
  INNER JOIN ranked
    ON counted.flag_id = ranked.flag_id
  GROUP BY
    counted.flag_id,
    counted.stands_on,
    counted.shipments,
    counted.cut_count
)
SELECT
  *
FROM valued
