/* One shipment to an address that many consignees of a week share, not told apart by a unit. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), traits AS (
  SELECT
    *
  FROM party_traits
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'address_hub'
), crowded /* an address with few writings in all is no hub in any week */ AS (
  SELECT
    place_key
  FROM traits
  WHERE
    NOT place_key IS NULL
  GROUP BY
    place_key
  HAVING
    COUNT(*) >= :min_hub_names
), placed AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.week_start,
    shipments.entry_route <> 'exemption' AS is_entered,
    traits.place_key,
    COALESCE(traits.unit_key, '') AS unit_key,
    CASE
      WHEN shipments.arrival_date >= traits.place_from
      AND shipments.arrival_date < COALESCE(traits.place_to, CAST('9999-12-31' AS DATE))
      THEN traits.place_kind
    END AS place_kind,
    traits.is_owner_named,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  INNER JOIN traits
    ON shipments.alias_id = traits.alias_id
  INNER JOIN crowded
    ON traits.place_key = crowded.place_key
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.entry_route IN ('exemption', 'informal')
    AND NOT shipments.identity_id IS NULL
), names AS (
  SELECT DISTINCT
    place_key,
    week_start,
    is_entered,
    rule_id,
    unit_key,
    identity_id
  FROM placed
), units AS (
  SELECT
    place_key,
    week_start,
    is_entered,
    rule_id,
    unit_key,
    COUNT(*) AS unit_names
  FROM names
  GROUP BY
    place_key,
    week_start,
    is_entered,
    rule_id,
    unit_key
), shared /* who has a unit alone is told apart from the rest */ AS (
  SELECT
    names.place_key,
    names.week_start,
    names.is_entered,
    names.rule_id,
    COUNT(DISTINCT names.identity_id) AS hub_names
  FROM names
  INNER JOIN units
    ON names.place_key = units.place_key
    AND names.week_start = units.week_start
    AND names.is_entered = units.is_entered
    AND names.rule_id = units.rule_id
    AND names.unit_key = units.unit_key
  WHERE
    names.unit_key = '' OR units.unit_names > 1
  GROUP BY
    names.place_key,
    names.week_start,
    names.is_entered,
    names.rule_id
  HAVING
    COUNT(DISTINCT names.identity_id) >= :min_hub_names
), hubs AS (
  SELECT
    placed.*,
    shared.hub_names,
    'address ' || placed.place_key || ', week of ' || CAST(placed.week_start AS STRING) || CASE WHEN placed.is_entered THEN ', entries' ELSE '' END AS subject
  FROM placed
  INNER JOIN shared
    ON placed.place_key = shared.place_key
    AND placed.week_start = shared.week_start
    AND placed.is_entered = shared.is_entered
    AND placed.rule_id = shared.rule_id
  INNER JOIN units
    ON placed.place_key = units.place_key
    AND placed.week_start = units.week_start
    AND placed.is_entered = units.is_entered
    AND placed.rule_id = units.rule_id
    AND placed.unit_key = units.unit_key
  WHERE
    placed.unit_key = '' OR units.unit_names > 1
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'address_hub', subject, rule_id)), :id_digits) AS flag_id,
    hubs.*
  FROM hubs
)
SELECT
  *
FROM members
