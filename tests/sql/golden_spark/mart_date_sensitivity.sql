/* One daily_limit or suspended_claim flag and date basis, and whether it stands on that date. */
/* grain: flag_id, date_basis */
WITH moved AS (
  SELECT
    *
  FROM int_crossings__moved_to_other_dates
  UNION ALL
  SELECT
    *
  FROM int_claims__moved_to_other_dates
)
SELECT
  *
FROM moved
