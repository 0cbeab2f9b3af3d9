/* One spelling of a consignee, with the identity it belongs to. */
/* grain: alias_id */
/* by: alias_id */
WITH parties AS (
  SELECT
    *
  FROM parties
), aliases AS (
  SELECT
    *
  FROM int_aliases__joined_to_identities
), members AS (
  SELECT
    *
  FROM identity_members
), named AS (
  SELECT
    parties.alias_id,
    aliases.identity_id,
    aliases.party_class,
    parties.consignee_name,
    parties.consignee_address,
    parties.consignee_address2,
    parties.consignee_city,
    parties.consignee_state,
    parties.consignee_postal_code,
    parties.consignee_country,
    parties.consignee_phone,
    parties.consignee_email,
    parties.consignee_tax_id_hash,
    parties.consignee_tax_id_deletions,
    parties.consignee_tax_id_last2,
    parties.consignee_id,
    parties.consignee_id_issuer,
    parties.shipments,
    parties.first_day,
    parties.last_day,
    members.probability
  FROM parties
  INNER JOIN aliases
    ON parties.alias_id = aliases.alias_id
  LEFT JOIN members
    ON parties.alias_id = members.alias_id
)
SELECT
  *
FROM named
