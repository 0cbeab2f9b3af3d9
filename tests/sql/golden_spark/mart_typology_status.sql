/* One typology: was it tested, on how many shipments, and how many flags it raised. */
/* grain: typology */
WITH matched AS (
  SELECT
    *
  FROM int_typologies__matched_to_fields
), fields AS (
  SELECT
    *
  FROM int_fields__filled
), shipments AS (
  SELECT
    *
  FROM int_shipments__sorted_into_pools
), flags AS (
  SELECT
    *
  FROM mart_flags
), shares AS (
  SELECT
    *
  FROM structuring_shares
), seen AS (
  SELECT
    MIN(arrival_date) AS first_day,
    MAX(arrival_date) AS last_day,
    COUNT(*) AS shipments
  FROM shipments
  WHERE
    arrival_date BETWEEN :from_date AND :to_date
), ways AS (
  SELECT
    COALESCE(MAX(CASE WHEN carried LIKE '%|order_id|%' THEN 1 END), 0) = 1 AS has_order,
    COALESCE(MAX(CASE WHEN carried LIKE '%|conveyance_id|%' THEN 1 END), 0) = 1 AS has_conveyance
  FROM fields
), flag_counts AS (
  SELECT
    typology,
    COUNT(*) AS flags
  FROM flags
  GROUP BY
    typology
), unlearned AS (
  SELECT
    'structuring' AS typology,
    COUNT(*) FILTER(WHERE
      is_learned) = 0 AS is_whole,
    LISTAGG(
      
        CASE
          WHEN NOT is_learned
          THEN 'under the limits in ' || limit_currency || ' (' || pool || '): too few buyers around them (' || CAST(buyers AS STRING) || ') to learn from'
        END,
        '; '
      
    ) WITHIN GROUP (ORDER BY
      pool NULLS LAST,
      limit_currency NULLS LAST) AS wording
  FROM shares
  HAVING
    COUNT(*) > 0
), told AS (
  SELECT
    matched.typology,
    matched.shipments,
    matched.unread,
    CASE
      WHEN matched.tested = 'yes' AND unlearned.is_whole
      THEN 'not tested: ' || unlearned.wording
      WHEN matched.tested = 'yes'
      AND matched.typology = 'description_mismatch'
      AND matched.shipments < :min_word_shipments
      THEN 'not tested: too few shipments with description and tariff number (' || CAST(matched.shipments AS STRING) || ') to learn words from'
      ELSE matched.tested
    END AS tested,
    CASE
      WHEN matched.tested = 'yes' AND NOT unlearned.is_whole
      THEN 'not tested ' || unlearned.wording
    END AS untaught
  FROM matched
  LEFT JOIN unlearned
    ON matched.typology = unlearned.typology
), counted AS (
  SELECT
    told.typology,
    told.tested,
    CASE WHEN told.tested = 'yes' THEN told.shipments ELSE 0 END AS rows,
    seen.shipments,
    COALESCE(flag_counts.flags, 0) AS flags,
    CAST(seen.first_day AS STRING) || ' to ' || CAST(seen.last_day AS STRING) AS `window`,
    NULLIF(
      CONCAT_WS(
        '; ',
        CASE
          WHEN told.typology <> 'informal_entry_split' OR told.tested <> 'yes'
          THEN NULL
          WHEN NOT ways.has_conveyance
          THEN 'by conveyance and consignee: not tested: no conveyance_id'
          WHEN NOT ways.has_order
          THEN 'by order: not tested: no order_id'
        END,
        told.untaught,
        told.unread
      ),
      ''
    ) AS note
  FROM told
  CROSS JOIN seen
  CROSS JOIN ways
  LEFT JOIN flag_counts
    ON told.typology = flag_counts.typology
)
SELECT
  *
FROM counted
