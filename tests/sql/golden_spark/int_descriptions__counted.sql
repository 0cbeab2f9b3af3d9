/* One description, tariff chapter and seller, and how many shipments carry them. */
/* grain: description, hts_chapter, seller */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), counted AS (
  SELECT
    description,
    hts_chapter,
    seller,
    COUNT(*) AS shipments
  FROM shipments
  WHERE
    NOT description IS NULL AND line_count = 1
  GROUP BY
    description,
    hts_chapter,
    seller
)
SELECT
  *
FROM counted
