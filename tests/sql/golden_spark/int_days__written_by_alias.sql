/* One identity, day, pool and limit with an alias under which pieces were claimed that day, and what it is found by. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency, alias_id */
/* Not told in a pruned run: what is usual between neighbors is learned from everybody. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__chosen
), days AS (
  SELECT
    *
  FROM int_days__claimed_by_identities
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), found_by AS (
  SELECT
    *
  FROM party_places
), written AS (
  SELECT DISTINCT
    shipments.identity_id,
    shipments.arrival_date,
    shipments.pool,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.alias_id
  FROM shipments
  INNER JOIN chosen
    ON chosen.resolve = 'all'
  WHERE
    NOT shipments.identity_id IS NULL
    AND shipments.is_summed
    AND NOT shipments.limit_amount IS NULL
    AND NOT shipments.is_oversize
), placed AS (
  SELECT
    days.identity_id,
    days.arrival_date,
    days.pool,
    days.limit_amount,
    days.limit_currency,
    days.total_amount,
    days.is_over_limit,
    written.alias_id,
    found_by.place_key,
    found_by.phone_key_1,
    found_by.phone_key_2,
    found_by.phone_key_3,
    found_by.phone_key_4
  FROM days
  INNER JOIN written
    ON days.identity_id = written.identity_id
    AND days.arrival_date = written.arrival_date
    AND days.pool = written.pool
    AND days.limit_amount = written.limit_amount
    AND days.limit_currency = written.limit_currency
  INNER JOIN found_by
    ON written.alias_id = found_by.alias_id
)
SELECT
  *
FROM placed
