/* One person, pool and last day of a rolling window whose exempted pieces are over the limit of that day together. */
/* grain: identity_id, pool, window_end */
WITH identity_days AS (
  SELECT
    *
  FROM int_shipments__summed_to_identity_day
), sure_days AS (
  SELECT
    identity_id,
    pool,
    arrival_date,
    rule_id,
    limit_amount,
    limit_currency,
    shipments,
    total_amount,
    total_usd
  FROM identity_days
  WHERE
    :rolling_window_days > 0
    AND is_certain
    AND NOT limit_amount IS NULL
    AND shipments > 0
), rolled AS (
  SELECT
    days.identity_id,
    days.pool,
    days.arrival_date AS window_end,
    days.rule_id,
    days.limit_amount,
    days.limit_currency,
    MIN(earlier.arrival_date) AS window_start,
    COUNT(DISTINCT earlier.arrival_date) AS day_count,
    CAST(SUM(earlier.shipments) AS BIGINT) AS shipments,
    CAST(SUM(earlier.total_amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(earlier.total_usd) AS DECIMAL(18, 2)) AS total_usd
  FROM sure_days AS days
  INNER JOIN sure_days AS earlier
    ON days.identity_id = earlier.identity_id
    AND days.pool = earlier.pool
    AND days.limit_currency = earlier.limit_currency
    AND DATEDIFF(DAY, earlier.arrival_date, days.arrival_date) BETWEEN 0 AND :rolling_window_days - 1
  GROUP BY
    days.identity_id,
    days.pool,
    days.arrival_date,
    days.rule_id,
    days.limit_amount,
    days.limit_currency
), over_limit AS (
  SELECT
    regime,
    identity_id,
    pool,
    window_start,
    window_end,
    day_count,
    shipments,
    total_amount,
    total_usd,
    limit_amount,
    limit_currency,
    rule_id
  FROM (
    SELECT
      :regime AS regime,
      identity_id,
      pool,
      window_start,
      window_end,
      day_count,
      shipments,
      total_amount,
      total_usd,
      limit_amount,
      limit_currency,
      rule_id,
      ROW_NUMBER() OVER (
        PARTITION BY identity_id, pool, window_end
        ORDER BY total_amount DESC, rule_id ASC NULLS LAST
      ) AS _w
    FROM rolled
    WHERE
      day_count > 1
      AND shipments >= :min_pieces
      AND CASE
        WHEN :boundary = 'at'
        THEN total_amount >= limit_amount
        ELSE total_amount > limit_amount
      END
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM over_limit
