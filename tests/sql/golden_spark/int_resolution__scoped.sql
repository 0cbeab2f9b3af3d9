/* Which consignees this run compares: all, or where they are very many only those who can matter (hot). */
/* grain: resolve */
WITH parties AS (
  SELECT
    *
  FROM parties
), counted AS (
  SELECT
    COUNT(*) AS party_count
  FROM parties
), chosen AS (
  SELECT
    CASE
      WHEN :resolve IN ('all', 'hot')
      THEN :resolve
      WHEN :regime = 'us' AND party_count > :most_compared_whole
      THEN 'hot'
      ELSE 'all'
    END AS resolve
  FROM counted
)
SELECT
  *
FROM chosen
