/* One spelling of a consignee and the identity it belongs to; no identity where it is blank or a placeholder. */
/* grain: alias_id */
/* by: alias_id */
WITH party_keys AS (
  SELECT
    *
  FROM party_keys
), members AS (
  SELECT
    *
  FROM identity_members
), joined AS (
  SELECT
    party_keys.alias_id,
    members.identity_id,
    party_keys.party_class
  FROM party_keys
  LEFT JOIN members
    ON party_keys.alias_id = members.alias_id
)
SELECT
  *
FROM joined
