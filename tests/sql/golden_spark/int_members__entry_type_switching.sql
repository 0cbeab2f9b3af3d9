/* One exempt shipment of a seller whose goods were nearly all entered until a day, and nearly none after it. */
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
    regime = :regime AND typology = 'entry_type_switching'
), chosen /* only where there was a choice: an exemption on offer, and a value within it */ AS (
  SELECT
    shipment_uid,
    amount,
    sender,
    identity_id,
    arrival_date,
    value_usd,
    is_claimed
  FROM shipments
  WHERE
    NOT sender IS NULL AND NOT entry_type IS NULL AND is_available AND NOT is_oversize
), days AS (
  SELECT
    sender,
    arrival_date,
    COUNT(*) AS shipments,
    COUNT(*) FILTER(WHERE
      is_claimed) AS claimed
  FROM chosen
  GROUP BY
    sender,
    arrival_date
), summed AS (
  SELECT
    days.*,
    SUM(shipments) OVER (
      PARTITION BY sender
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS before_count,
    SUM(claimed) OVER (
      PARTITION BY sender
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS before_claimed,
    SUM(shipments) OVER (
      PARTITION BY sender
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN CURRENT ROW AND UNBOUNDED following
    ) AS after_count,
    SUM(claimed) OVER (
      PARTITION BY sender
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN CURRENT ROW AND UNBOUNDED following
    ) AS after_claimed
  FROM days
), switches AS (
  SELECT
    sender,
    switched_on,
    before_count,
    before_entered,
    after_count,
    after_claimed
  FROM (
    SELECT
      sender,
      arrival_date AS switched_on,
      before_count,
      before_count - before_claimed AS before_entered,
      after_count,
      after_claimed,
      ROW_NUMBER() OVER (
        PARTITION BY sender
        ORDER BY CAST(before_count - before_claimed AS DOUBLE) / CAST(before_count AS DOUBLE) + CAST(after_claimed AS DOUBLE) / CAST(after_count AS DOUBLE) DESC, arrival_date ASC NULLS LAST
      ) AS _w
    FROM summed
    WHERE
      before_count >= :min_history
      AND after_count >= :min_history
      AND before_count - before_claimed >= CAST(:most_share AS DOUBLE) * before_count
      AND after_claimed >= CAST(:most_share AS DOUBLE) * after_count
  ) AS _t
  WHERE
    _w = 1
), switched AS (
  SELECT
    chosen.*,
    switches.switched_on,
    switches.before_count,
    switches.before_entered,
    switches.after_count,
    typologies.rule_id,
    typologies.source AS legal_basis,
    'seller ' || chosen.sender || ', from ' || CAST(switches.switched_on AS STRING) AS subject
  FROM chosen
  INNER JOIN switches
    ON chosen.sender = switches.sender
    AND chosen.arrival_date >= switches.switched_on
    AND chosen.arrival_date < switches.switched_on + :history_days
  INNER JOIN typologies
    ON chosen.arrival_date >= typologies.valid_from
    AND chosen.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    chosen.is_claimed
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'entry_type_switching', subject, rule_id)), :id_digits) AS flag_id,
    switched.*
  FROM switched
)
SELECT
  *
FROM members
