/* One identity, day, pool and limit with a house or most digits of a phone by which another writing may be found. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency, found_by */
/* Not told in a pruned run: what is usual between neighbors is learned from everybody. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), days AS (
  SELECT
    *
  FROM int_days__claimed_by_identities
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), places AS (
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
), keyed AS (
  SELECT DISTINCT
    days.identity_id,
    days.arrival_date,
    days.pool,
    days.limit_amount,
    days.limit_currency,
    days.total_amount,
    days.is_over_limit,
    places.found_by
  FROM days
  INNER JOIN written
    ON days.identity_id = written.identity_id
    AND days.arrival_date = written.arrival_date
    AND days.pool = written.pool
    AND days.limit_amount = written.limit_amount
    AND days.limit_currency = written.limit_currency
  INNER JOIN places
    ON written.alias_id = places.alias_id
)
SELECT
  *
FROM keyed
