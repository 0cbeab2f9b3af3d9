/* One day of identities that a looser threshold would join: their claimed pieces of one pool and limit, added up. */
/* grain: threshold, part_id, arrival_date, pool, limit_amount, limit_currency */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), parts AS (
  SELECT
    *
  FROM identity_parts
), thresholds AS (
  SELECT
    *
  FROM identity_thresholds
  WHERE
    standing IN ('high', 'looser')
), pieces AS (
  SELECT
    parts.threshold,
    parts.part_id,
    shipments.arrival_date,
    shipments.pool,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.shipment_uid,
    MIN(shipments.identity_id) AS identity_id,
    MAX(shipments.amount) AS amount,
    MAX(shipments.value_usd) AS value_usd,
    MAX(CASE WHEN shipments.coverage = 'known' THEN 1 ELSE 0 END) = 1 AS is_certain
  FROM shipments
  INNER JOIN parts
    ON shipments.alias_id = parts.alias_id
  INNER JOIN thresholds
    ON parts.threshold = thresholds.threshold
  WHERE
    shipments.exemption_claimed
    AND NOT shipments.limit_amount IS NULL
    AND NOT shipments.is_oversize
    AND shipments.arrival_date BETWEEN :from_date AND :to_date
  GROUP BY
    parts.threshold,
    parts.part_id,
    shipments.arrival_date,
    shipments.pool,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.shipment_uid
), summed AS (
  SELECT
    threshold,
    part_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    COUNT(DISTINCT identity_id) AS identity_count,
    MIN(identity_id) AS first_identity_id,
    MAX(identity_id) AS last_identity_id,
    COUNT(*) AS shipments,
    COUNT(*) FILTER(WHERE
      is_certain) AS certain_shipments,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(COALESCE(SUM(amount) FILTER(WHERE
      is_certain), 0) AS DECIMAL(18, 2)) AS certain_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    CAST(COALESCE(SUM(value_usd) FILTER(WHERE
      is_certain), 0) AS DECIMAL(18, 2)) AS certain_usd
  FROM pieces
  GROUP BY
    threshold,
    part_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency
), judged AS (
  SELECT
    summed.*,
    certain_shipments >= :min_pieces AND certain_amount > limit_amount AS is_certainly_over_limit
  FROM summed
  WHERE
    identity_count > 1
), over_limit AS (
  SELECT
    'f' || LEFT(
      MD5(
        CONCAT_WS(
          '|',
          :regime,
          'daily_limit',
          CONCAT_WS('|', 'joined', part_id, CAST(arrival_date AS STRING), pool),
          CONCAT_WS('|', CAST(limit_amount AS STRING), limit_currency)
        )
      ),
      :id_digits
    ) AS group_id,
    threshold,
    part_id,
    arrival_date,
    pool,
    limit_amount,
    limit_currency,
    first_identity_id,
    last_identity_id,
    identity_count,
    CASE WHEN is_certainly_over_limit THEN certain_shipments ELSE shipments END AS shipments,
    CASE WHEN is_certainly_over_limit THEN certain_usd ELSE total_usd END AS total_usd
  FROM judged
  WHERE
    is_certainly_over_limit
    OR (
      shipments >= :min_pieces AND total_amount > limit_amount
    )
)
SELECT
  *
FROM over_limit
