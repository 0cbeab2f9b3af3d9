/* One flag in words and figures, whatever the typology. */
/* grain: flag_id */
WITH united AS (
  SELECT
    *
  FROM int_findings__daily_limit
  UNION ALL
  SELECT
    *
  FROM int_findings__informal_entry_split
  UNION ALL
  SELECT
    *
  FROM int_findings__order_split
  UNION ALL
  SELECT
    *
  FROM int_findings__suspended_claim
)
SELECT
  *
FROM united
