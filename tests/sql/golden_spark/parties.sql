/* One distinct person as written, the consignee or the owner in his place: what the resolver is given. */
/* grain: alias_id */
/* by: alias_id */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), persons AS (
  SELECT
    alias_id,
    COALESCE(owner_name, consignee_name) AS person_name,
    consignee_address,
    consignee_address2,
    consignee_city,
    consignee_state,
    consignee_postal_code,
    consignee_country,
    CASE WHEN person_role = 'consignee' THEN consignee_phone ELSE owner_phone END AS phone,
    CASE WHEN person_role = 'consignee' THEN consignee_email ELSE owner_email END AS email,
    CASE
      WHEN person_role = 'consignee'
      THEN consignee_tax_id_hash
      ELSE owner_tax_id_hash
    END AS tax_id_hash,
    CASE WHEN person_role = 'consignee' THEN consignee_tax_id_deletions END AS tax_id_deletions,
    CASE
      WHEN person_role = 'consignee'
      THEN consignee_tax_id_last2
      ELSE owner_tax_id_last2
    END AS tax_id_last2,
    CASE WHEN person_role = 'consignee' THEN consignee_id ELSE owner_id END AS account_id,
    CASE
      WHEN person_role = 'consignee'
      THEN consignee_id_issuer
      ELSE owner_id_issuer
    END AS account_id_issuer,
    arrival_date
  FROM shipments
), distinct_parties AS (
  SELECT
    alias_id,
    ANY_VALUE(person_name) IGNORE NULLS AS consignee_name,
    ANY_VALUE(consignee_address) IGNORE NULLS AS consignee_address,
    ANY_VALUE(consignee_address2) IGNORE NULLS AS consignee_address2,
    ANY_VALUE(consignee_city) IGNORE NULLS AS consignee_city,
    ANY_VALUE(consignee_state) IGNORE NULLS AS consignee_state,
    ANY_VALUE(consignee_postal_code) IGNORE NULLS AS consignee_postal_code,
    ANY_VALUE(consignee_country) IGNORE NULLS AS consignee_country,
    ANY_VALUE(phone) IGNORE NULLS AS consignee_phone,
    ANY_VALUE(email) IGNORE NULLS AS consignee_email,
    ANY_VALUE(tax_id_hash) IGNORE NULLS AS consignee_tax_id_hash,
    ANY_VALUE(tax_id_deletions) IGNORE NULLS AS consignee_tax_id_deletions,
    ANY_VALUE(tax_id_last2) IGNORE NULLS AS consignee_tax_id_last2,
    ANY_VALUE(account_id) IGNORE NULLS AS consignee_id,
    ANY_VALUE(account_id_issuer) IGNORE NULLS AS consignee_id_issuer,
    COUNT(*) AS shipments,
    MIN(arrival_date) AS first_day,
    MAX(arrival_date) AS last_day
  FROM persons
  GROUP BY
    alias_id
)
SELECT
  *
FROM distinct_parties
