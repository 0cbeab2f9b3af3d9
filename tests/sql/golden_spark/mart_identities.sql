/* One identity, as it is shown. */
/* grain: identity_id */
/* by: identity_id */
WITH aliases AS (
  SELECT
    *
  FROM mart_aliases
), health AS (
  SELECT
    *
  FROM identity_health
), members AS (
  SELECT
    aliases.*,
    CONCAT_WS(
      ', ',
      consignee_address,
      consignee_address2,
      consignee_city,
      consignee_state,
      consignee_postal_code
    ) AS full_address
  FROM aliases
  WHERE
    NOT identity_id IS NULL
), name_counts AS (
  SELECT
    identity_id,
    consignee_name,
    SUM(shipments) AS shipments
  FROM members
  WHERE
    NOT consignee_name IS NULL
  GROUP BY
    identity_id,
    consignee_name
), names AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY identity_id ORDER BY shipments DESC, consignee_name ASC NULLS LAST) AS _w
    FROM name_counts
  ) AS _t
  WHERE
    _w = 1
), address_counts AS (
  SELECT
    identity_id,
    full_address,
    SUM(shipments) AS shipments
  FROM members
  WHERE
    full_address <> ''
  GROUP BY
    identity_id,
    full_address
), addresses AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY identity_id ORDER BY shipments DESC, full_address ASC NULLS LAST) AS _w
    FROM address_counts
  ) AS _t
  WHERE
    _w = 1
), identities AS (
  SELECT
    members.identity_id,
    MIN(members.party_class) AS party_class,
    COUNT(*) AS aliases,
    CAST(SUM(members.shipments) AS BIGINT) AS shipments,
    MIN(members.first_day) AS first_day,
    MAX(members.last_day) AS last_day
  FROM members
  GROUP BY
    members.identity_id
), named AS (
  SELECT
    identities.identity_id,
    names.consignee_name AS display_name,
    addresses.full_address AS display_address,
    identities.party_class,
    identities.aliases,
    identities.shipments,
    identities.first_day,
    identities.last_day,
    health.cohesion,
    health.weakest_link,
    health.bridges,
    health.survives_to_threshold,
    health.joins_at_threshold
  FROM identities
  INNER JOIN health
    ON identities.identity_id = health.identity_id
  LEFT JOIN names
    ON identities.identity_id = names.identity_id
  LEFT JOIN addresses
    ON identities.identity_id = addresses.identity_id
)
SELECT
  *
FROM named
