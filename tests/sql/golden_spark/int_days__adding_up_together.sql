/* Two identities of one day, held apart, whose claimed pieces are over the limit only if they and perhaps more are one. */
/* grain: identity_id_l, identity_id_r, arrival_date, pool, limit_amount, limit_currency */
/* They are found by a house number and the first digits of a ZIP code, or by a phone but for one digit. Who shares an */
/* order, or was judged to be two, is left out. Two that come near the limit may pass it with a third. */
WITH keyed AS (
  SELECT
    *
  FROM int_days__keyed_to_places
), days AS (
  SELECT
    *
  FROM int_days__claimed_by_identities
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), orders AS (
  SELECT
    *
  FROM int_shipments__keyed_to_orders
), members AS (
  SELECT
    *
  FROM identity_members
), judgements AS (
  SELECT
    *
  FROM judgements
), large /* of two days that come to so much together one has half of it or more */ AS (
  SELECT
    *
  FROM keyed
  WHERE
    total_amount * :min_pieces >= CAST(limit_amount * :min_candidate_share AS DECIMAL(18, 4))
), met AS (
  SELECT
    large_id,
    other_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    total_amount,
    are_both_over_limit
  FROM (
    SELECT
      large.identity_id AS large_id,
      keyed.identity_id AS other_id,
      large.arrival_date,
      large.pool,
      large.limit_amount,
      large.limit_currency,
      large.total_amount + keyed.total_amount AS total_amount,
      large.is_over_limit AND keyed.is_over_limit AS are_both_over_limit,
      COUNT(*) OVER (
        PARTITION BY large.identity_id, large.arrival_date, large.pool, large.limit_amount, large.limit_currency, large.found_by
      ) AS _w
    FROM large
    INNER JOIN keyed
      ON large.found_by = keyed.found_by
      AND large.arrival_date = keyed.arrival_date
      AND large.pool = keyed.pool
      AND large.limit_amount = keyed.limit_amount
      AND large.limit_currency = keyed.limit_currency
    WHERE
      large.identity_id <> keyed.identity_id
  ) AS _t
  WHERE
    _w <= :max_neighbors
), passing AS (
  SELECT DISTINCT
    LEAST(large_id, other_id) AS identity_id_l,
    GREATEST(large_id, other_id) AS identity_id_r,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
  FROM met
  WHERE
    NOT are_both_over_limit
    AND total_amount >= CAST(limit_amount * :min_candidate_share AS DECIMAL(18, 4))
), last_words AS (
  SELECT
    alias_id_l,
    alias_id_r,
    verdict
  FROM (
    SELECT
      alias_id_l,
      alias_id_r,
      verdict,
      ROW_NUMBER() OVER (PARTITION BY alias_id_l, alias_id_r ORDER BY judged_at DESC) AS _w
    FROM judgements
  ) AS _t
  WHERE
    _w = 1
), told_apart AS (
  SELECT DISTINCT
    LEAST(members_l.identity_id, members_r.identity_id) AS identity_id_l,
    GREATEST(members_l.identity_id, members_r.identity_id) AS identity_id_r
  FROM last_words
  INNER JOIN members AS members_l
    ON last_words.alias_id_l = members_l.alias_id
  INNER JOIN members AS members_r
    ON last_words.alias_id_r = members_r.alias_id
  WHERE
    last_words.verdict = 'different'
), passed AS (
  SELECT
    identity_id_l AS identity_id
  FROM passing
  UNION
  SELECT
    identity_id_r AS identity_id
  FROM passing
), ordered AS (
  SELECT DISTINCT
    shipments.identity_id,
    orders.order_key
  FROM shipments
  INNER JOIN passed
    ON shipments.identity_id = passed.identity_id
  INNER JOIN orders
    ON shipments.shipment_uid = orders.shipment_uid
), of_one_order AS (
  SELECT DISTINCT
    passing.identity_id_l,
    passing.identity_id_r
  FROM passing
  INNER JOIN ordered AS ordered_l
    ON passing.identity_id_l = ordered_l.identity_id
  INNER JOIN ordered AS ordered_r
    ON passing.identity_id_r = ordered_r.identity_id
    AND ordered_l.order_key = ordered_r.order_key
), open_pairs AS (
  SELECT
    passing.*
  FROM passing
  LEFT JOIN told_apart
    ON passing.identity_id_l = told_apart.identity_id_l
    AND passing.identity_id_r = told_apart.identity_id_r
  LEFT JOIN of_one_order
    ON passing.identity_id_l = of_one_order.identity_id_l
    AND passing.identity_id_r = of_one_order.identity_id_r
  WHERE
    told_apart.identity_id_l IS NULL AND of_one_order.identity_id_l IS NULL
), seen AS (
  SELECT
    days.identity_id,
    COUNT(DISTINCT days.arrival_date) AS day_count
  FROM days
  INNER JOIN passed
    ON days.identity_id = passed.identity_id
  GROUP BY
    days.identity_id
), measured AS (
  SELECT
    open_pairs.*,
    CASE
      WHEN :boundary = 'at'
      THEN days_l.total_amount + days_r.total_amount >= open_pairs.limit_amount
      ELSE days_l.total_amount + days_r.total_amount > open_pairs.limit_amount
    END AS is_over_limit,
    days_l.total_amount AS total_amount_l,
    days_r.total_amount AS total_amount_r,
    days_l.shipments AS shipments_l,
    days_r.shipments AS shipments_r,
    seen_l.day_count AS day_count_l,
    seen_r.day_count AS day_count_r
  FROM open_pairs
  INNER JOIN days AS days_l
    ON open_pairs.identity_id_l = days_l.identity_id
    AND open_pairs.arrival_date = days_l.arrival_date
    AND open_pairs.pool = days_l.pool
    AND open_pairs.limit_amount = days_l.limit_amount
    AND open_pairs.limit_currency = days_l.limit_currency
  INNER JOIN days AS days_r
    ON open_pairs.identity_id_r = days_r.identity_id
    AND open_pairs.arrival_date = days_r.arrival_date
    AND open_pairs.pool = days_r.pool
    AND open_pairs.limit_amount = days_r.limit_amount
    AND open_pairs.limit_currency = days_r.limit_currency
  INNER JOIN seen AS seen_l
    ON open_pairs.identity_id_l = seen_l.identity_id
  INNER JOIN seen AS seen_r
    ON open_pairs.identity_id_r = seen_r.identity_id
)
SELECT
  *
FROM measured
