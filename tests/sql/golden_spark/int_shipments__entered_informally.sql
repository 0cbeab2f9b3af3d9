/* One shipment on an informal entry, or on none that is known, in one group whose value the informal limit is about. */
/* grain: shipment_uid, way */
WITH entered AS (
  SELECT
    *
  FROM int_shipments__beside_entry_limits
  WHERE
    COALESCE(is_informal, TRUE)
), series AS (
  SELECT
    *
  FROM int_entries__in_series
), ways /* what comes on one conveyance for one consignee is one entry within a bill, and may be several across bills */ AS (
  SELECT
    'order' AS way,
    'order' AS grouping_key
  UNION ALL
  SELECT
    'bill' AS way,
    'conveyance_consignee' AS grouping_key
  UNION ALL
  SELECT
    'conveyance_consignee' AS way,
    'conveyance_consignee' AS grouping_key
  UNION ALL
  SELECT
    'series' AS way,
    'conveyance_consignee' AS grouping_key
  UNION ALL
  SELECT
    'mailing' AS way,
    'mailing' AS grouping_key
), grouped AS (
  SELECT
    ways.way,
    entered.*,
    CASE ways.way
      WHEN 'order'
      THEN entered.order_key
      WHEN 'mailing'
      THEN CASE
        WHEN NOT entered.has_order_number AND entered.mode = 'mail'
        THEN 'mail of '
      END || entered.sender || ', ' || CAST(entered.arrival_date AS STRING) || ', identity ' || entered.identity_id
      WHEN 'series'
      THEN series.series_key
      WHEN 'bill'
      THEN 'conveyance ' || entered.conveyance_id || ', ' || CAST(entered.arrival_date AS STRING) || ', identity ' || entered.identity_id || ', house bill ' || entered.house_bill
      ELSE 'conveyance ' || entered.conveyance_id || ', ' || CAST(entered.arrival_date AS STRING) || ', identity ' || entered.identity_id
    END AS group_key
  FROM entered
  INNER JOIN ways
    ON entered.grouping_key = ways.grouping_key
  LEFT JOIN series
    ON entered.shipment_uid = series.shipment_uid
), pieces AS (
  SELECT
    *
  FROM grouped
  WHERE
    NOT group_key IS NULL
    AND CASE
      WHEN :boundary = 'at'
      THEN amount < limit_amount
      ELSE amount <= limit_amount
    END
)
SELECT
  *
FROM pieces
