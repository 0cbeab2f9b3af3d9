/* What one party brought on a day, on a conveyance of several days or in an order, in parts of the smallest limit. */
/* grain: alias_id, unit */
/* Made only where the run is pruned: it says whom it is worth comparing. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), shipments AS (
  SELECT
    rolled_up.*
  FROM int_shipments__rolled_up_from_lines AS rolled_up
  INNER JOIN chosen
    ON chosen.resolve = 'hot'
), entry_types AS (
  SELECT
    *
  FROM ref_entry_types
  WHERE
    regime = :regime
), placeholders AS (
  SELECT
    *
  FROM ref_order_placeholders
), limits AS (
  SELECT
    *
  FROM ref_limits
  WHERE
    regime = :regime AND NOT limit_amount IS NULL
), pooled /* the pool is that of int_shipments__sorted_into_pools, which stands behind who is who */ AS (
  SELECT
    shipments.alias_id,
    shipments.arrival_date,
    shipments.conveyance_id,
    CASE
      WHEN placeholders.order_number IS NULL
      THEN REGEXP_REPLACE(UPPER(TRIM(shipments.order_id)), '[-_/. ]([0-9]{1,2}|[A-Z])$', '')
    END AS order_stem,
    shipments.order_issuer IS NULL
    AND LENGTH(TRIM(shipments.order_id)) < :min_order_number_length AS is_persons_own,
    CASE
      WHEN shipments.is_gift
      THEN 'gift'
      ELSE COALESCE(entry_types.pool, 'standard')
    END AS pool,
    GREATEST(shipments.value_usd, COALESCE(shipments.customs_value_usd, 0)) AS value_usd
  FROM shipments
  LEFT JOIN entry_types
    ON LOWER(shipments.entry_type) = LOWER(entry_types.entry_type)
    AND shipments.arrival_date >= entry_types.valid_from
    AND shipments.arrival_date < COALESCE(entry_types.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN placeholders
    ON UPPER(TRIM(shipments.order_id)) = placeholders.order_number
), conditions AS (
  SELECT DISTINCT
    arrival_date,
    pool
  FROM pooled
), smallest /* a gift may be pooled with the rest, so that the limit of the rest may hold for it too */ AS (
  SELECT
    conditions.arrival_date,
    conditions.pool,
    MIN(limits.limit_amount) AS limit_amount
  FROM conditions
  INNER JOIN limits
    ON (
      limits.pool IS NULL OR conditions.pool = limits.pool OR limits.pool = 'standard'
    )
    AND conditions.arrival_date >= limits.valid_from
    AND conditions.arrival_date < COALESCE(limits.valid_to, CAST('9999-12-31' AS DATE))
  GROUP BY
    conditions.arrival_date,
    conditions.pool
), weighed AS (
  SELECT
    pooled.alias_id,
    pooled.arrival_date,
    pooled.order_stem,
    pooled.is_persons_own,
    pooled.conveyance_id,
    CAST(pooled.value_usd AS DOUBLE) / CAST(smallest.limit_amount AS DOUBLE) AS share
  FROM pooled
  INNER JOIN smallest
    ON pooled.arrival_date = smallest.arrival_date AND pooled.pool = smallest.pool
), large_orders AS (
  SELECT
    order_stem
  FROM weighed
  WHERE
    NOT order_stem IS NULL
  GROUP BY
    order_stem
  HAVING
    COUNT(*) > 1 AND SUM(share) > 0.999999
), long_conveyances AS (
  SELECT
    conveyance_id
  FROM weighed
  WHERE
    NOT conveyance_id IS NULL
  GROUP BY
    conveyance_id
  HAVING
    COUNT(DISTINCT arrival_date) > 1
), of_units /* whoever has a lot of a large order is looked at; a number that is a person's own is added up like a day */ AS (
  SELECT
    alias_id,
    CAST(arrival_date AS STRING) AS unit,
    share
  FROM weighed
  UNION ALL
  SELECT
    weighed.alias_id,
    'order ' || weighed.order_stem AS unit,
    CASE WHEN weighed.is_persons_own THEN weighed.share ELSE 1 END AS share
  FROM weighed
  INNER JOIN large_orders
    ON weighed.order_stem = large_orders.order_stem
  UNION ALL
  SELECT
    weighed.alias_id,
    'conveyance ' || weighed.conveyance_id AS unit,
    weighed.share
  FROM weighed
  INNER JOIN long_conveyances
    ON weighed.conveyance_id = long_conveyances.conveyance_id
), summed AS (
  SELECT
    alias_id,
    unit,
    ROUND(SUM(share), 9) AS share
  FROM of_units
  GROUP BY
    alias_id,
    unit
)
SELECT
  *
FROM summed
