/* One current shipment under one answer the law gives for its day, origin, mode and pool, with who it was for. */
/* grain: shipment_uid, coverage */
/* by: shipment_uid */
/* follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode */
/* follows: int_aliases__joined_to_identities by alias_id */
/* It carries all that is known of the shipment, so that nothing behind it has to be looked up again. */
WITH shipments AS (
  SELECT
    *
    EXCEPT (pool),
    pool AS own_pool
  FROM int_shipments__sorted_into_pools
), aliases AS (
  SELECT
    *
  FROM int_aliases__joined_to_identities
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), exemptions AS (
  SELECT
    *
  FROM conditions
  WHERE
    kind = 'exemption'
), offered /* where gifts and baggage are pooled with the rest, they count wherever the rest may come in free */ AS (
  SELECT DISTINCT
    arrival_date,
    origin_country,
    mode
  FROM exemptions
  WHERE
    :gifts = 'pooled' AND pool = 'standard' AND is_offered
), placed AS (
  SELECT
    shipments.*,
    CASE
      WHEN NOT offered.arrival_date IS NULL
      THEN 'standard'
      ELSE shipments.own_pool
    END AS pool
  FROM shipments
  LEFT JOIN offered
    ON shipments.arrival_date = offered.arrival_date
    AND shipments.origin_country IS NOT DISTINCT FROM offered.origin_country
    AND shipments.mode IS NOT DISTINCT FROM offered.mode
), matched AS (
  SELECT
    placed.*,
    aliases.identity_id,
    aliases.party_class,
    CASE
      WHEN placed.exemption_basis <> 'assumed'
      THEN placed.claim
      WHEN exemptions.is_offered
      THEN TRUE
    END AS exemption_claimed,
    CASE
      WHEN placed.is_import
      THEN COALESCE(exemptions.coverage, 'no rule')
      ELSE 'outside the customs territory'
    END AS coverage,
    exemptions.grouping_key,
    exemptions.rule_id,
    exemptions.legal_basis,
    COALESCE(exemptions.is_available, FALSE) AS is_available,
    COALESCE(exemptions.is_told, TRUE) AS is_told,
    COALESCE(exemptions.is_highest, TRUE) AS is_highest,
    exemptions.limit_amount,
    exemptions.limit_currency,
    CASE
      WHEN exemptions.limit_currency IS NULL OR exemptions.limit_usd_per_unit = 1
      THEN placed.tested_usd
      WHEN exemptions.limit_currency = placed.currency
      THEN placed.tested_value
      ELSE CAST(CAST(placed.tested_usd AS DOUBLE) / CAST(exemptions.limit_usd_per_unit AS DOUBLE) AS DECIMAL(18, 2))
    END AS amount
  FROM placed
  LEFT JOIN aliases
    ON placed.alias_id = aliases.alias_id
  LEFT JOIN exemptions
    ON placed.is_import
    AND placed.arrival_date = exemptions.arrival_date
    AND placed.pool = exemptions.pool
    AND placed.origin_country IS NOT DISTINCT FROM exemptions.origin_country
    AND placed.mode IS NOT DISTINCT FROM exemptions.mode
), measured AS (
  SELECT
    matched.*,
    COALESCE(
      CASE
        WHEN :boundary = 'at'
        THEN amount >= limit_amount
        ELSE amount > limit_amount
      END,
      FALSE
    ) AS is_oversize,
    COALESCE(
      grouping_key = 'person_day'
      AND (
        exemption_claimed OR (
          :entered_shipments = 'counted' AND is_available
        )
      )
      AND NOT (
        :mail = 'excluded' AND COALESCE(mode = 'mail', FALSE)
      ),
      FALSE
    ) AS is_summed /* a day's sum takes what was claimed; what was entered counts too only where the run is told so */
  FROM matched
)
SELECT
  *
FROM measured
