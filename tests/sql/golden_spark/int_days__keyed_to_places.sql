/* One identity, day, pool and limit with a house or most digits of a phone by which another writing may be found. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency, found_by */
/* by: identity_id, arrival_date */
WITH written AS (
  SELECT
    *
  FROM int_days__written_by_alias
), keyed AS (
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    is_over_limit,
    'place ' || place_key AS found_by
  FROM written
  WHERE
    NOT place_key IS NULL
  UNION ALL
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    is_over_limit,
    'phone 1 ' || phone_key_1 AS found_by
  FROM written
  WHERE
    NOT phone_key_1 IS NULL
  UNION ALL
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    is_over_limit,
    'phone 2 ' || phone_key_2 AS found_by
  FROM written
  WHERE
    NOT phone_key_2 IS NULL
  UNION ALL
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    is_over_limit,
    'phone 3 ' || phone_key_3 AS found_by
  FROM written
  WHERE
    NOT phone_key_3 IS NULL
  UNION ALL
  SELECT
    identity_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    is_over_limit,
    'phone 4 ' || phone_key_4 AS found_by
  FROM written
  WHERE
    NOT phone_key_4 IS NULL
), distinct_keys AS (
  SELECT DISTINCT
    *
  FROM keyed
)
SELECT
  *
FROM distinct_keys
