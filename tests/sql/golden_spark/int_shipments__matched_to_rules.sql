/* One current shipment under one answer the law gives for its day, origin, mode and pool. */
/* grain: shipment_uid, coverage */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__sorted_into_pools
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), exemptions AS (
  SELECT
    *
  FROM conditions
  WHERE
    grouping_key = 'person_day'
), matched AS (
  SELECT
    shipments.shipment_uid,
    shipments.shipment_id,
    shipments.alias_id,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.origin_country,
    shipments.mode,
    shipments.pool,
    shipments.exemption_basis,
    CASE
      WHEN shipments.exemption_basis <> 'assumed'
      THEN shipments.claim
      WHEN exemptions.is_offered
      THEN TRUE
    END AS exemption_claimed,
    COALESCE(exemptions.coverage, 'no rule') AS coverage,
    exemptions.rule_id,
    exemptions.legal_basis,
    COALESCE(exemptions.is_available, FALSE) AS is_available,
    exemptions.limit_amount,
    exemptions.limit_currency,
    CASE
      WHEN exemptions.limit_currency IS NULL OR exemptions.limit_usd_per_unit = 1
      THEN shipments.value_usd
      WHEN exemptions.limit_currency = shipments.currency
      THEN shipments.declared_value
      ELSE CAST(CAST(shipments.value_usd AS DOUBLE) / CAST(exemptions.limit_usd_per_unit AS DOUBLE) AS DECIMAL(18, 2))
    END AS amount,
    shipments.value_usd
  FROM shipments
  LEFT JOIN exemptions
    ON shipments.arrival_date = exemptions.arrival_date
    AND shipments.pool = exemptions.pool
    AND shipments.origin_country IS NOT DISTINCT FROM exemptions.origin_country
    AND shipments.mode IS NOT DISTINCT FROM exemptions.mode
), measured AS (
  SELECT
    matched.*,
    COALESCE(amount > limit_amount, FALSE) AS is_oversize
  FROM matched
)
SELECT
  *
FROM measured
