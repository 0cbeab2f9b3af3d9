/* One typology: what hinders its test, of the columns, of what could be learned or of some of its ways. */
/* grain: typology */
WITH matched AS (
  SELECT
    *
  FROM int_typologies__matched_to_fields
), fields AS (
  SELECT
    *
  FROM int_fields__filled
), shares AS (
  SELECT
    *
  FROM structuring_shares
), ways AS (
  SELECT
    COALESCE(MAX(CASE WHEN carried LIKE '%|order_id|%' THEN 1 END), 0) = 1 AS has_order,
    COALESCE(MAX(CASE WHEN carried LIKE '%|conveyance_id|%' THEN 1 END), 0) = 1 AS has_conveyance
  FROM fields
), unlearned AS (
  SELECT
    'structuring' AS typology,
    COUNT(*) FILTER(WHERE
      is_learned) = 0 AS is_whole,
    LISTAGG(CASE WHEN NOT is_learned THEN limit_currency END, '|') WITHIN GROUP (ORDER BY
      pool NULLS LAST,
      limit_currency NULLS LAST) AS currencies,
    LISTAGG(CASE WHEN NOT is_learned THEN pool END, '|') WITHIN GROUP (ORDER BY
      pool NULLS LAST,
      limit_currency NULLS LAST) AS pools,
    LISTAGG(CASE WHEN NOT is_learned THEN CAST(buyers AS STRING) END, '|') WITHIN GROUP (ORDER BY
      pool NULLS LAST,
      limit_currency NULLS LAST) AS buyers
  FROM shares
  HAVING
    COUNT(*) > 0
), hindered AS (
  SELECT
    matched.typology,
    matched.shipments,
    matched.absent,
    matched.needed,
    matched.missed_shipments,
    matched.missed_fields,
    CASE
      WHEN NOT matched.obstacle IS NULL
      THEN matched.obstacle
      WHEN unlearned.is_whole
      THEN 'few_buyers'
      WHEN matched.typology = 'description_mismatch'
      AND matched.shipments < :min_word_shipments
      THEN 'few_words'
    END AS obstacle,
    CASE WHEN matched.obstacle IS NULL THEN unlearned.currencies END AS unlearned_currencies,
    CASE WHEN matched.obstacle IS NULL THEN unlearned.pools END AS unlearned_pools,
    CASE WHEN matched.obstacle IS NULL THEN unlearned.buyers END AS unlearned_buyers,
    CASE
      WHEN matched.typology <> 'informal_entry_split'
      THEN NULL
      WHEN NOT ways.has_conveyance
      THEN 'conveyance'
      WHEN NOT ways.has_order
      THEN 'order'
    END AS way_without_column
  FROM matched
  CROSS JOIN ways
  LEFT JOIN unlearned
    ON matched.typology = unlearned.typology
)
SELECT
  *
FROM hindered
