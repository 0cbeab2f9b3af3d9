/* One of several gifts of one sender to one person on near days that are together over the gift limit, one that a firm */
/* sent, or one of many to as many persons. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'gift_split'
), gifts AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.sender,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.week_start,
    shipments.value_usd,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.has_order
    OR NOT shipments.seller IS NULL
    OR NOT shipments.marketplace IS NULL AS is_sold,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.pool = 'gift'
    AND NOT shipments.sender IS NULL
    AND NOT shipments.identity_id IS NULL
    AND shipments.is_claimed
    AND shipments.is_available
    AND NOT shipments.is_oversize
), spaced AS (
  SELECT
    gifts.*,
    LAG(arrival_date) OVER (
      PARTITION BY sender, identity_id, limit_currency, rule_id
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
    ) AS previous_date
  FROM gifts
), numbered AS (
  SELECT
    spaced.*,
    SUM(
      CASE
        WHEN DATEDIFF(DAY, previous_date, arrival_date) > :max_gift_gap_days
        THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY sender, identity_id, limit_currency, rule_id
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS run_no
  FROM spaced
), summed AS (
  SELECT
    numbered.*,
    MIN(arrival_date) OVER (PARTITION BY sender, identity_id, limit_currency, rule_id, run_no) AS first_day,
    COUNT(*) OVER (PARTITION BY sender, identity_id, limit_currency, rule_id, run_no) AS piece_count,
    CAST(SUM(amount) OVER (PARTITION BY sender, identity_id, limit_currency, rule_id, run_no) AS DECIMAL(18, 2)) AS run_amount,
    MAX(limit_amount) OVER (PARTITION BY sender, identity_id, limit_currency, rule_id, run_no) AS run_limit
  FROM numbered
), of_many /* a sender whose gifts of a week go to so many is told of once */ AS (
  SELECT
    sender,
    week_start,
    rule_id
  FROM gifts
  GROUP BY
    sender,
    week_start,
    rule_id
  HAVING
    COUNT(DISTINCT identity_id) >= :min_gift_consignees
), placed AS (
  SELECT
    summed.*,
    NOT of_many.sender IS NULL
    AND NOT (
      piece_count >= :min_pieces AND run_amount > run_limit
    ) AS is_of_many
  FROM summed
  LEFT JOIN of_many
    ON summed.sender = of_many.sender
    AND summed.week_start = of_many.week_start
    AND summed.rule_id = of_many.rule_id
), over_limit AS (
  SELECT
    placed.*,
    CASE
      WHEN is_of_many
      THEN 'sender ' || sender || ', gifts, week of ' || CAST(week_start AS STRING)
      ELSE 'sender ' || sender || ', identity ' || identity_id || ', gifts from ' || CAST(first_day AS STRING)
    END AS subject
  FROM placed
  WHERE
    (
      piece_count >= :min_pieces AND run_amount > run_limit
    )
    OR is_of_many
    OR /* what was bought is no gift, however little it is worth (19 CFR 10.153) */ (
      run_amount <= run_limit AND is_sold
    )
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'gift_split', subject, rule_id)), :id_digits) AS flag_id,
    over_limit.*
  FROM over_limit
)
SELECT
  *
FROM members
