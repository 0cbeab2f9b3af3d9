/* One shipment with its value beside a limit of its day: that of the exemption, or that of an informal entry. */
/* grain: shipment_uid, limit_kind */
/* by: shipment_uid */
WITH matched AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), entered AS (
  SELECT
    *
  FROM int_shipments__beside_entry_limits
), answers /* the sure answer, or of two the one with the higher limit */ AS (
  SELECT
    *
  FROM matched
  WHERE
    is_highest
    AND NOT limit_amount IS NULL
    AND arrival_date BETWEEN :from_date AND :to_date
), exempted AS (
  SELECT
    shipment_uid,
    'exemption' AS limit_kind,
    pool,
    identity_id,
    alias_id,
    arrival_date,
    amount,
    value_usd,
    limit_amount,
    limit_currency,
    COALESCE(exemption_claimed AND is_available AND NOT is_oversize, FALSE) AS is_free,
    coverage = 'known' AS is_certain,
    CAST(NULL AS STRING) AS entry_basis,
    UPPER(TRIM(COALESCE(seller_id, seller_name, shipper_name))) AS seller,
    UPPER(TRIM(filer_code)) AS filer,
    UPPER(TRIM(carrier_code)) AS carrier,
    CASE
      WHEN NOT written_origin_country IS NULL AND NOT port_of_entry IS NULL
      THEN UPPER(TRIM(written_origin_country)) || ' to ' || UPPER(TRIM(port_of_entry))
    END AS route
  FROM answers
), informal AS (
  SELECT
    shipment_uid,
    'informal entry' AS limit_kind,
    'informal entry' AS pool,
    identity_id,
    alias_id,
    arrival_date,
    amount,
    value_usd,
    limit_amount,
    limit_currency,
    is_informal AND amount <= limit_amount AS is_free,
    is_certain,
    legal_basis AS entry_basis,
    seller,
    filer,
    carrier,
    route
  FROM entered
  WHERE
    NOT is_informal IS NULL AND is_first_limit
), united AS (
  SELECT
    *
  FROM exempted
  UNION ALL
  SELECT
    *
  FROM informal
), named AS (
  SELECT
    united.*,
    COALESCE(identity_id, alias_id) AS buyer
  FROM united
)
SELECT
  *
FROM named
