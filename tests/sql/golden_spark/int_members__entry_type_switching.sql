/* One shipment by the lighter of two routes, of a seller whose goods nearly all went by the other until a day. */
/* The lighter route is the exemption where one is on offer, and informal entry beside formal entry. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), beside AS (
  SELECT
    *
  FROM int_shipments__beside_limits
  WHERE
    limit_kind = 'informal entry'
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'entry_type_switching'
), chosen /* only where there was a choice: a value within the exemption on offer, or within the limit of informal entry */ AS (
  SELECT
    shipment_uid,
    amount,
    'exemption' AS lighter_route,
    sender,
    identity_id,
    arrival_date,
    value_usd,
    is_claimed AS is_light
  FROM shipments
  WHERE
    NOT sender IS NULL AND NOT entry_type IS NULL AND is_available AND NOT is_oversize
  UNION ALL
  SELECT
    shipments.shipment_uid,
    beside.amount,
    'informal entry' AS lighter_route,
    shipments.sender,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.entry_route = 'informal' AS is_light
  FROM shipments
  INNER JOIN beside
    ON shipments.shipment_uid = beside.shipment_uid
  WHERE
    NOT shipments.sender IS NULL
    AND shipments.entry_route IN ('informal', 'formal')
    AND NOT shipments.is_available
    AND beside.amount <= beside.limit_amount
), days AS (
  SELECT
    sender,
    lighter_route,
    arrival_date,
    COUNT(*) AS shipments,
    COUNT(*) FILTER(WHERE
      is_light) AS light
  FROM chosen
  GROUP BY
    sender,
    lighter_route,
    arrival_date
), summed AS (
  SELECT
    days.*,
    SUM(shipments) OVER (
      PARTITION BY sender, lighter_route
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS before_count,
    SUM(light) OVER (
      PARTITION BY sender, lighter_route
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND 1 preceding
    ) AS before_light,
    SUM(shipments) OVER (
      PARTITION BY sender, lighter_route
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN CURRENT ROW AND UNBOUNDED following
    ) AS after_count,
    SUM(light) OVER (
      PARTITION BY sender, lighter_route
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN CURRENT ROW AND UNBOUNDED following
    ) AS after_light
  FROM days
), switches AS (
  SELECT
    sender,
    lighter_route,
    switched_on,
    before_count,
    before_other,
    after_count,
    after_light
  FROM (
    SELECT
      sender,
      lighter_route,
      arrival_date AS switched_on,
      before_count,
      before_count - before_light AS before_other,
      after_count,
      after_light,
      ROW_NUMBER() OVER (
        PARTITION BY sender, lighter_route
        ORDER BY CAST(before_count - before_light AS DOUBLE) / CAST(before_count AS DOUBLE) + CAST(after_light AS DOUBLE) / CAST(after_count AS DOUBLE) DESC, arrival_date ASC NULLS LAST
      ) AS _w
    FROM summed
    WHERE
      before_count >= :min_history
      AND after_count >= :min_history
      AND before_count - before_light >= CAST(:most_share AS DOUBLE) * before_count
      AND after_light >= CAST(:most_share AS DOUBLE) * after_count
  ) AS _t
  WHERE
    _w = 1
), switched AS (
  SELECT
    chosen.*,
    switches.switched_on,
    switches.before_count,
    switches.before_other,
    switches.after_count,
    typologies.rule_id,
    typologies.source AS legal_basis,
    'seller ' || chosen.sender || ', from ' || CAST(switches.switched_on AS STRING) || CASE WHEN chosen.lighter_route = 'informal entry' THEN ', entries' ELSE '' END AS subject
  FROM chosen
  INNER JOIN switches
    ON chosen.sender = switches.sender
    AND chosen.lighter_route = switches.lighter_route
    AND chosen.arrival_date >= switches.switched_on
    AND chosen.arrival_date < switches.switched_on + :history_days
  INNER JOIN typologies
    ON chosen.arrival_date >= typologies.valid_from
    AND chosen.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    chosen.is_light
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'entry_type_switching', subject, rule_id)), :id_digits) AS flag_id,
    switched.*
  FROM switched
)
SELECT
  *
FROM members
