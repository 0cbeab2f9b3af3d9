/* One informal entry without an order number that follows others of the same goods, sender and consignee by a few days. */
/* grain: shipment_uid */
WITH entered AS (
  SELECT
    *
  FROM int_shipments__beside_entry_limits
  WHERE
    grouping_key = 'conveyance_consignee'
    AND is_informal
    AND NOT has_order_number
    AND NOT sender IS NULL
    AND NOT identity_id IS NULL
    AND NOT goods IS NULL
), sizable /* any two of them are over the limit together */ AS (
  SELECT
    entered.*,
    'series of ' || sender || ', ' || goods || ', identity ' || identity_id AS trade
  FROM entered
  WHERE
    amount > CAST(limit_amount * :min_series_share AS DECIMAL(18, 4))
    AND CASE
      WHEN :boundary = 'at'
      THEN amount < limit_amount
      ELSE amount <= limit_amount
    END
), spaced AS (
  SELECT
    sizable.*,
    LAG(arrival_date) OVER (
      PARTITION BY trade, rule_id, limit_currency
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
    ) AS previous_date
  FROM sizable
), numbered AS (
  SELECT
    spaced.*,
    SUM(
      CASE
        WHEN DATEDIFF(DAY, previous_date, arrival_date) > :max_series_gap_days
        THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY trade, rule_id, limit_currency
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS run_no
  FROM spaced
), runs AS (
  SELECT
    trade,
    rule_id,
    limit_currency,
    run_no,
    MIN(arrival_date) AS first_day
  FROM numbered
  GROUP BY
    trade,
    rule_id,
    limit_currency,
    run_no
  /* trade that goes on and on is no sale that was cut */
  HAVING
    COUNT(*) >= :min_series_entries
    AND MIN(arrival_date) < MAX(arrival_date)
    AND DATEDIFF(DAY, MIN(arrival_date), MAX(arrival_date)) < :lot_window_days
), series AS (
  SELECT
    numbered.shipment_uid,
    numbered.trade || ', from ' || CAST(runs.first_day AS STRING) AS series_key
  FROM numbered
  INNER JOIN runs
    ON numbered.trade = runs.trade
    AND numbered.rule_id = runs.rule_id
    AND numbered.limit_currency = runs.limit_currency
    AND numbered.run_no = runs.run_no
)
SELECT
  *
FROM series
