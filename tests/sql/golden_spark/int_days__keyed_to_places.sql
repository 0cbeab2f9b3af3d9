/* One identity, day, pool and limit with a house or most digits of a phone by which another writing may be found. */
/* grain: identity_id, arrival_date, pool, limit_amount, limit_currency, found_by */
/* Of no place but those of identities with a day large enough to come to so much with another of the same day. */
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
), members AS (
  SELECT
    *
  FROM identity_members
), places AS (
  SELECT
    *
  FROM party_places
), large AS (
  SELECT DISTINCT
    days.identity_id
  FROM days
  INNER JOIN chosen
    ON chosen.resolve = 'all'
  WHERE
    days.total_amount * :min_pieces >= CAST(days.limit_amount * :min_candidate_share AS DECIMAL(18, 4))
), sought AS (
  SELECT DISTINCT
    places.found_by
  FROM places
  INNER JOIN members
    ON places.alias_id = members.alias_id
  INNER JOIN large
    ON members.identity_id = large.identity_id
), shared AS (
  SELECT
    alias_id,
    found_by
  FROM (
    SELECT
      places.alias_id,
      places.found_by,
      COUNT(*) OVER (PARTITION BY places.found_by) AS _w
    FROM places
    INNER JOIN sought
      ON places.found_by = sought.found_by
  ) AS _t
  WHERE
    _w > 1
), found AS (
  SELECT DISTINCT
    alias_id
  FROM shared
), written AS (
  SELECT DISTINCT
    shipments.identity_id,
    shipments.arrival_date,
    shipments.pool,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.alias_id
  FROM shipments
  INNER JOIN found
    ON shipments.alias_id = found.alias_id
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
    shared.found_by
  FROM days
  INNER JOIN written
    ON days.identity_id = written.identity_id
    AND days.arrival_date = written.arrival_date
    AND days.pool = written.pool
    AND days.limit_amount = written.limit_amount
    AND days.limit_currency = written.limit_currency
  INNER JOIN shared
    ON written.alias_id = shared.alias_id
)
SELECT
  *
FROM keyed
