/* One person, day and pool whose pieces were free one by one and were over the limit together. */
/* grain: flag_id */
WITH identity_days AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
), over_limit AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (
        PARTITION BY identity_id, arrival_date, pool, limit_amount, limit_currency
        ORDER BY is_certain DESC
      ) AS _w
    FROM identity_days
    WHERE
      is_over_limit
  ) AS _t
  WHERE
    _w = 1
), named AS (
  SELECT
    over_limit.*,
    'identity ' || identity_id || ', ' || CAST(arrival_date AS STRING) || ', ' || pool AS subject
  FROM over_limit
), keyed AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'daily_limit', subject, rule_id)), :id_digits) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM keyed
