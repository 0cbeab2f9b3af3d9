/* Lines in force that could not be valued in USD. */
/* grain: landed_id */
WITH lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), unvalued AS (
  SELECT
    landed_id,
    currency,
    arrival_date
  FROM lines
  WHERE
    exact_value_usd IS NULL
)
SELECT
  *
FROM unvalued
