/* One shipment of a possible_daily_limit flag. */
/* grain: flag_id, shipment_uid */
WITH days AS (
  SELECT
    *
  FROM possible_days
), summed_days AS (
  SELECT
    *
  FROM int_days__claimed_by_identities
), shipments AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), claimed AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (
        PARTITION BY shipment_uid, limit_amount, limit_currency
        ORDER BY CASE WHEN coverage = 'known' THEN 0 ELSE 1 END NULLS LAST, coverage NULLS LAST
      ) AS _w
    FROM shipments
    WHERE
      is_summed AND NOT limit_amount IS NULL AND NOT is_oversize
  ) AS _t
  WHERE
    _w = 1
), over_limit /* what is likely to be one party, and over the limit as one */ AS (
  SELECT
    days.lead_key,
    days.arrival_date,
    days.pool,
    days.limit_amount,
    days.limit_currency
  FROM days
  INNER JOIN summed_days
    ON days.identity_id = summed_days.identity_id
    AND days.arrival_date = summed_days.arrival_date
    AND days.pool = summed_days.pool
    AND days.limit_amount = summed_days.limit_amount
    AND days.limit_currency = summed_days.limit_currency
  GROUP BY
    days.lead_key,
    days.arrival_date,
    days.pool,
    days.limit_amount,
    days.limit_currency
  HAVING
    SUM(summed_days.shipments) >= :min_pieces
    AND CASE
      WHEN :boundary = 'at'
      THEN SUM(summed_days.total_amount) >= days.limit_amount
      ELSE SUM(summed_days.total_amount) > days.limit_amount
    END
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'possible_daily_limit'
), named AS (
  SELECT
    days.lead_key AS identity_id,
    'identity ' || days.lead_key || ' and others, ' || CAST(days.arrival_date AS STRING) || ', ' || days.pool AS subject,
    days.identity_id AS part_id,
    days.probability,
    days.arrival_date,
    days.pool,
    days.limit_amount,
    days.limit_currency,
    claimed.shipment_uid,
    claimed.amount,
    claimed.value_usd,
    claimed.coverage = 'known' AS is_certain,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM days
  INNER JOIN over_limit
    ON days.lead_key = over_limit.lead_key
    AND days.arrival_date = over_limit.arrival_date
    AND days.pool = over_limit.pool
    AND days.limit_amount = over_limit.limit_amount
    AND days.limit_currency = over_limit.limit_currency
  INNER JOIN claimed
    ON days.identity_id = claimed.identity_id
    AND days.arrival_date = claimed.arrival_date
    AND days.pool = claimed.pool
    AND days.limit_amount = claimed.limit_amount
    AND days.limit_currency = claimed.limit_currency
  INNER JOIN typologies
    ON days.arrival_date >= typologies.valid_from
    AND days.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
), members AS (
  SELECT
    'f' || LEFT(
      MD5(
        CONCAT_WS(
          '|',
          :regime,
          'possible_daily_limit',
          subject,
          CONCAT_WS('|', CAST(limit_amount AS STRING), limit_currency, rule_id)
        )
      ),
      :id_digits
    ) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM members
