/* One line whose owner is another than its consignee, with what is known of the owner. */
/* grain: landed_id */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), owners AS (
  SELECT
    *
  FROM named_owners
), owned AS (
  SELECT
    lines.landed_id,
    lines.consignee_phone,
    lines.consignee_email,
    lines.consignee_id_issuer || :field_separator || lines.consignee_id AS account,
    lines.consignee_id,
    lines.consignee_id_issuer,
    owners.owner_role,
    owners.owner_name,
    CASE WHEN owners.is_importer THEN lines.importer_id_hash END AS owner_tax_id_hash,
    CASE WHEN owners.is_importer THEN lines.importer_id_last2 END AS owner_tax_id_last2,
    CASE WHEN owners.is_seller THEN lines.seller_id END AS seller_account,
    COALESCE(lines.marketplace, 'sellers') AS seller_account_issuer
  FROM lines
  INNER JOIN owners
    ON lines.consignee_name IS NOT DISTINCT FROM owners.consignee_name
    AND lines.buyer_name IS NOT DISTINCT FROM owners.buyer_name
    AND lines.importer_name IS NOT DISTINCT FROM owners.importer_name
    AND lines.seller_name IS NOT DISTINCT FROM owners.seller_name
    AND (
      NOT lines.order_id IS NULL
    ) = owners.is_ordered
), named AS (
  SELECT
    lines.consignee_phone,
    lines.consignee_email,
    lines.consignee_id_issuer || :field_separator || lines.consignee_id AS account,
    LOWER(TRIM(COALESCE(owned.owner_name, lines.consignee_name, ''))) AS person
  FROM lines
  LEFT JOIN owned
    ON lines.landed_id = owned.landed_id
), phones AS (
  SELECT DISTINCT
    consignee_phone
  FROM owned
), emails AS (
  SELECT DISTINCT
    consignee_email
  FROM owned
), accounts AS (
  SELECT DISTINCT
    account
  FROM owned
), used /* whose a number is shows where it is used: with one name only it is the owner's, with several the consignee's */ AS (
  SELECT
    'phone' AS kind,
    named.consignee_phone AS contact,
    named.person
  FROM named
  INNER JOIN phones
    ON named.consignee_phone = phones.consignee_phone
  UNION ALL
  SELECT
    'email' AS kind,
    named.consignee_email AS contact,
    named.person
  FROM named
  INNER JOIN emails
    ON named.consignee_email = emails.consignee_email
  UNION ALL
  SELECT
    'account' AS kind,
    named.account AS contact,
    named.person
  FROM named
  INNER JOIN accounts
    ON named.account = accounts.account
), own AS (
  SELECT
    kind,
    contact
  FROM used
  GROUP BY
    kind,
    contact
  HAVING
    MIN(person) = MAX(person)
), known AS (
  SELECT
    owned.landed_id,
    owned.owner_role,
    owned.owner_name,
    owned.owner_tax_id_hash,
    owned.owner_tax_id_last2,
    own_phones.contact AS owner_phone,
    own_emails.contact AS owner_email,
    CASE
      WHEN NOT owned.seller_account IS NULL
      THEN owned.seller_account
      WHEN NOT own_accounts.contact IS NULL
      THEN owned.consignee_id
    END AS owner_id,
    CASE
      WHEN NOT owned.seller_account IS NULL
      THEN owned.seller_account_issuer
      WHEN NOT own_accounts.contact IS NULL
      THEN owned.consignee_id_issuer
    END AS owner_id_issuer
  FROM owned
  LEFT JOIN own AS own_phones
    ON own_phones.kind = 'phone' AND owned.consignee_phone = own_phones.contact
  LEFT JOIN own AS own_emails
    ON own_emails.kind = 'email' AND owned.consignee_email = own_emails.contact
  LEFT JOIN own AS own_accounts
    ON own_accounts.kind = 'account' AND owned.account = own_accounts.contact
)
SELECT
  *
FROM known
