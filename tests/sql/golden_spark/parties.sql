/* One distinct consignee as written: what the resolver is given. */
/* grain: alias_id */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), distinct_parties AS (
  SELECT
    alias_id,
    ANY_VALUE(consignee_name) IGNORE NULLS AS consignee_name,
    ANY_VALUE(consignee_address) IGNORE NULLS AS consignee_address,
    ANY_VALUE(consignee_address2) IGNORE NULLS AS consignee_address2,
    ANY_VALUE(consignee_city) IGNORE NULLS AS consignee_city,
    ANY_VALUE(consignee_state) IGNORE NULLS AS consignee_state,
    ANY_VALUE(consignee_postal_code) IGNORE NULLS AS consignee_postal_code,
    ANY_VALUE(consignee_country) IGNORE NULLS AS consignee_country,
    ANY_VALUE(consignee_phone) IGNORE NULLS AS consignee_phone,
    ANY_VALUE(consignee_email) IGNORE NULLS AS consignee_email,
    ANY_VALUE(consignee_tax_id_hash) IGNORE NULLS AS consignee_tax_id_hash,
    ANY_VALUE(consignee_tax_id_deletions) IGNORE NULLS AS consignee_tax_id_deletions,
    ANY_VALUE(consignee_tax_id_last2) IGNORE NULLS AS consignee_tax_id_last2,
    ANY_VALUE(consignee_id) IGNORE NULLS AS consignee_id,
    ANY_VALUE(consignee_id_issuer) IGNORE NULLS AS consignee_id_issuer,
    COUNT(*) AS shipments,
    MIN(arrival_date) AS first_day,
    MAX(arrival_date) AS last_day
  FROM shipments
  GROUP BY
    alias_id
)
SELECT
  *
FROM distinct_parties
