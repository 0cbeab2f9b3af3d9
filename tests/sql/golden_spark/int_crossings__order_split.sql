/* One order whose lots were free one by one and were over the limit together, whatever their days. */
/* grain: flag_id */
WITH lots AS (
  SELECT
    *
  FROM int_lots__claimed_as_exempt
), summed AS (
  SELECT
    order_key,
    pool,
    limit_currency,
    CASE
      WHEN COUNT(DISTINCT identity_id) = 1 AND COUNT(identity_id) = COUNT(*)
      THEN MIN(identity_id)
    END AS identity_id,
    MIN(arrival_date) AS window_start,
    MAX(arrival_date) AS window_end,
    COUNT(*) AS shipments,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS total_amount,
    CAST(SUM(value_usd) AS DECIMAL(18, 2)) AS total_usd,
    MAX(limit_amount) AS limit_amount,
    COUNT(DISTINCT arrival_date) AS day_count,
    COUNT(DISTINCT identity_id) AS identity_count,
    COUNT(DISTINCT written_number) AS number_count,
    MIN(CASE WHEN has_issuer THEN 1 ELSE 0 END) = 1 AS has_issuer,
    MAX(CASE WHEN is_persons_own THEN 1 ELSE 0 END) = 1 AS is_persons_own,
    MIN(CASE WHEN is_certain THEN 1 ELSE 0 END) = 1 AS is_certain,
    MIN(rule_id) AS rule_id,
    MIN(legal_basis) AS legal_basis
  FROM lots
  GROUP BY
    order_key,
    pool,
    limit_currency
), named AS (
  SELECT
    summed.*,
    order_key || ', ' || pool || ', ' || limit_currency AS subject
  FROM summed
  WHERE
    shipments >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN total_amount >= limit_amount
      ELSE total_amount > limit_amount
    END
), keyed AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'order_split', subject, rule_id)), :id_digits) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM keyed
