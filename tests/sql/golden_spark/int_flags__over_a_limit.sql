/* One flag whose pieces are each within a limit and over it together, and whether that rests on who the person is. */
/* grain: flag_id */
WITH daily_limit AS (
  SELECT
    *
  FROM int_crossings__daily_limit
), order_split AS (
  SELECT
    *
  FROM int_crossings__order_split
), informal_entry_split AS (
  SELECT
    *
  FROM int_crossings__informal_entry_split
), united AS (
  SELECT
    flag_id,
    'daily_limit' AS typology,
    shipments,
    total_amount,
    total_usd,
    limit_amount,
    limit_currency,
    TRUE AS is_of_person
  FROM daily_limit
  UNION ALL
  SELECT
    flag_id,
    'order_split' AS typology,
    shipments,
    total_amount,
    total_usd,
    limit_amount,
    limit_currency,
    is_persons_own AS is_of_person
  FROM order_split
  UNION ALL
  SELECT
    flag_id,
    'informal_entry_split' AS typology,
    shipments,
    total_amount,
    total_usd,
    limit_amount,
    limit_currency,
    way <> 'order' AS is_of_person
  FROM informal_entry_split
)
SELECT
  *
FROM united
