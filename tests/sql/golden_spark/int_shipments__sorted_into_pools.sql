/* One current shipment with what decides its limit: pool, mode, claim, kind of entry and value. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* shown: its answers are worked out once, where a shipment meets the rule of its day */
WITH shipments AS (
  SELECT
    *
    EXCEPT (origin_country, mode),
    origin_country AS written_origin_country,
    mode AS written_mode,
    :regime AS regime
  FROM int_shipments__rolled_up_from_lines
), entry_types AS (
  SELECT
    *
  FROM ref_entry_types
), regimes AS (
  SELECT
    *
  FROM ref_regimes
), territories AS (
  SELECT
    *
  FROM ref_territories
  WHERE
    NOT is_inside
), typed AS (
  SELECT
    shipments.*,
    CASE
      WHEN regimes.origin_basis = 'export_country'
      THEN COALESCE(shipments.export_country, shipments.shipper_country)
      WHEN shipments.is_gift AND :gifts = 'separate'
      THEN COALESCE(
        shipments.export_country,
        shipments.shipper_country,
        shipments.written_origin_country
      )
      ELSE shipments.written_origin_country
    END AS origin_country,
    CASE
      WHEN entry_types.pool = 'personal'
      AND shipments.written_mode <> entry_types.implied_mode
      AND NOT COALESCE(shipments.seller_id, shipments.seller_name, shipments.marketplace) IS NULL
      THEN shipments.written_mode
      ELSE COALESCE(entry_types.implied_mode, shipments.written_mode)
    END AS mode, /* what a shop sends by a carrier accompanies nobody (19 USC 1321(a)(2)(B)) */
    CASE
      WHEN shipments.is_gift
      THEN 'gift'
      WHEN entry_types.pool = 'personal'
      AND shipments.written_mode <> entry_types.implied_mode
      AND NOT COALESCE(shipments.seller_id, shipments.seller_name, shipments.marketplace) IS NULL
      THEN 'standard'
      ELSE COALESCE(entry_types.pool, 'standard')
    END AS pool,
    COALESCE(
      shipments.exemption_claimed_declared,
      CASE
        WHEN shipments.entry_type IS NULL
        THEN NULL
        WHEN shipments.is_gift
        THEN COALESCE(entry_types.claims_gift_exemption, entry_types.claims_exemption, FALSE)
        ELSE COALESCE(entry_types.claims_exemption, FALSE)
      END
    ) AS claim,
    CASE
      WHEN NOT shipments.exemption_claimed_declared IS NULL
      THEN 'declared'
      WHEN NOT shipments.entry_type IS NULL
      THEN 'entry_type'
      ELSE 'assumed'
    END AS exemption_basis,
    CASE
      WHEN NOT shipments.entry_type IS NULL
      THEN COALESCE(entry_types.is_informal, FALSE)
    END AS is_informal,
    CASE
      WHEN COALESCE(NULLIF(:value_basis, 'regime'), regimes.value_basis, 'retail') <> 'transaction'
      THEN 'retail'
      WHEN shipments.is_customs_value_proxy
      THEN 'proxy'
      ELSE 'transaction'
    END AS value_basis,
    countries.place IS NULL AND states.place IS NULL AS is_import
  FROM shipments
  LEFT JOIN entry_types
    ON entry_types.regime = :regime
    AND LOWER(shipments.entry_type) = LOWER(entry_types.entry_type)
    AND shipments.arrival_date >= entry_types.valid_from
    AND shipments.arrival_date < COALESCE(entry_types.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN regimes
    ON shipments.regime = regimes.regime
    AND shipments.arrival_date >= regimes.valid_from
    AND shipments.arrival_date < COALESCE(regimes.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN territories AS countries
    ON countries.regime = :regime
    AND shipments.consignee_country = countries.place
    AND shipments.arrival_date >= countries.valid_from
    AND shipments.arrival_date < COALESCE(countries.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN territories AS states
    ON states.regime = :regime
    AND shipments.consignee_country = UPPER(:regime)
    AND UPPER(TRIM(shipments.consignee_state)) = states.place
    AND shipments.arrival_date >= states.valid_from
    AND shipments.arrival_date < COALESCE(states.valid_to, CAST('9999-12-31' AS DATE))
), valued /* what is compared with a limit: the value as the regime means it, or as the run was told to take it */ AS (
  SELECT
    typed.*,
    CASE WHEN value_basis = 'transaction' THEN customs_value ELSE declared_value END AS tested_value,
    CASE WHEN value_basis = 'transaction' THEN customs_value_usd ELSE value_usd END AS tested_usd
  FROM typed
)
SELECT
  *
FROM valued
