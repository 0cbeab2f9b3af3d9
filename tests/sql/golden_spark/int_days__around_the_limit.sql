/* One day on which a person received about as much as the limit: three bands below it to three above. */
/* grain: identity_id, pool, limit_currency, arrival_date */
/* by: identity_id */
/* follows: int_lines__valued_in_usd by shipment_uid */
WITH lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), answers AS (
  SELECT
    *
  FROM int_shipments__beside_limits
  WHERE
    NOT identity_id IS NULL
), days AS (
  SELECT
    identity_id,
    pool,
    limit_currency,
    arrival_date,
    MAX(limit_amount) AS limit_amount,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS all_amount,
    CAST(COALESCE(SUM(amount) FILTER(WHERE
      is_free), 0) AS DECIMAL(18, 2)) AS free_amount
  FROM answers
  GROUP BY
    identity_id,
    pool,
    limit_currency,
    arrival_date
), placed AS (
  SELECT
    days.*,
    free_amount <= limit_amount
    AND free_amount > CAST(limit_amount * (
      1 - :near_days_share
    ) AS DECIMAL(18, 4)) AS is_near,
    CASE
      WHEN free_amount <= limit_amount
      AND free_amount > CAST(limit_amount * (
        1 - :near_days_share - :near_days_share - :near_days_share
      ) AS DECIMAL(18, 4))
      THEN free_amount
      WHEN all_amount > limit_amount
      AND all_amount <= CAST(limit_amount * (
        1 + :near_days_share + :near_days_share + :near_days_share
      ) AS DECIMAL(18, 4))
      THEN all_amount
    END AS counted_amount
  FROM days
), around AS (
  SELECT
    *
  FROM placed
  WHERE
    NOT counted_amount IS NULL
), around_answers AS (
  SELECT
    around.identity_id,
    around.pool,
    around.limit_currency,
    around.arrival_date,
    answers.shipment_uid,
    answers.amount
  FROM around
  INNER JOIN answers
    ON around.identity_id = answers.identity_id
    AND around.pool = answers.pool
    AND around.limit_currency = answers.limit_currency
    AND around.arrival_date = answers.arrival_date
), around_shipments /* a shipment may stand beside two limits */ AS (
  SELECT DISTINCT
    shipment_uid
  FROM around_answers
), goods AS (
  SELECT
    lines.shipment_uid,
    CASE
      WHEN COUNT(lines.product_id) = COUNT(*)
      THEN LISTAGG(UPPER(TRIM(lines.product_id)), ' ') WITHIN GROUP (ORDER BY
        lines.product_id NULLS LAST)
    END AS goods
  FROM lines
  INNER JOIN around_shipments
    ON lines.shipment_uid = around_shipments.shipment_uid
  GROUP BY
    lines.shipment_uid
), contents /* the same goods for the same money tell the price of a thing, once */ AS (
  SELECT
    around_answers.identity_id,
    around_answers.pool,
    around_answers.limit_currency,
    around_answers.arrival_date,
    CASE
      WHEN COUNT(goods.goods) = COUNT(*)
      THEN LISTAGG(CAST(around_answers.amount AS STRING) || ' ' || goods.goods, ', ') WITHIN GROUP (ORDER BY
        around_answers.amount NULLS LAST,
        goods.goods NULLS LAST)
    END AS content
  FROM around_answers
  INNER JOIN goods
    ON around_answers.shipment_uid = goods.shipment_uid
  GROUP BY
    around_answers.identity_id,
    around_answers.pool,
    around_answers.limit_currency,
    around_answers.arrival_date
), told AS (
  SELECT
    around.*,
    CAST(DATE_TRUNC('QUARTER', around.arrival_date) AS DATE) AS quarter_start,
    NOT contents.content IS NULL
    AND ROW_NUMBER() OVER (
      PARTITION BY around.identity_id, around.pool, around.limit_currency, contents.content
      ORDER BY around.arrival_date NULLS LAST
    ) > 1 AS is_repeat
  FROM around
  INNER JOIN contents
    ON around.identity_id = contents.identity_id
    AND around.pool = contents.pool
    AND around.limit_currency = contents.limit_currency
    AND around.arrival_date = contents.arrival_date
)
SELECT
  *
FROM told
