/* One person as written whose name and address are looked at, with what kind of party it is. */
/* grain: alias_id */
/* by: alias_id */
/* In a pruned run nobody is, unless a place is an innocent explanation of what such a run tests. */
WITH chosen AS (
  SELECT
    *
  FROM int_resolution__scoped
), parties AS (
  SELECT
    *
  FROM parties
), aliases AS (
  SELECT
    *
  FROM int_aliases__joined_to_identities
), benign AS (
  SELECT
    *
  FROM ref_benign_splits
  WHERE
    benign = 'known_place'
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND NOT needs_everybody
), asked AS (
  SELECT
    chosen.resolve
  FROM chosen
  WHERE
    chosen.resolve = 'all'
  UNION
  SELECT
    chosen.resolve
  FROM chosen
  CROSS JOIN benign
  INNER JOIN typologies
    ON benign.typology = typologies.typology
), looked_at AS (
  SELECT
    parties.alias_id,
    parties.consignee_name,
    parties.consignee_address,
    parties.consignee_address2,
    parties.consignee_city,
    parties.consignee_state,
    parties.consignee_postal_code,
    parties.consignee_country,
    aliases.party_class
  FROM parties
  CROSS JOIN asked
  LEFT JOIN aliases
    ON parties.alias_id = aliases.alias_id
)
SELECT
  *
FROM looked_at
