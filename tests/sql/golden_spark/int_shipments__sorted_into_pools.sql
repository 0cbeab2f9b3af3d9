/* One current shipment with what decides its limit: pool, mode, claim, kind of entry, and who it was for. */
/* grain: shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__rolled_up_from_lines
), aliases AS (
  SELECT
    *
  FROM int_aliases__joined_to_identities
), entry_types AS (
  SELECT
    *
  FROM ref_entry_types
), typed AS (
  SELECT
    shipments.shipment_uid,
    shipments.shipment_id,
    shipments.alias_id,
    aliases.identity_id,
    shipments.arrival_date,
    shipments.origin_country,
    COALESCE(entry_types.implied_mode, shipments.mode) AS mode,
    CASE
      WHEN shipments.is_gift
      THEN 'gift'
      ELSE COALESCE(entry_types.pool, 'standard')
    END AS pool,
    COALESCE(
      shipments.exemption_claimed_declared,
      CASE
        WHEN NOT shipments.entry_type IS NULL
        THEN COALESCE(entry_types.claims_exemption, FALSE)
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
    shipments.declared_value,
    shipments.currency,
    shipments.value_usd,
    shipments.conveyance_id
  FROM shipments
  LEFT JOIN aliases
    ON shipments.alias_id = aliases.alias_id
  LEFT JOIN entry_types
    ON entry_types.regime = :regime
    AND LOWER(shipments.entry_type) = LOWER(entry_types.entry_type)
    AND shipments.arrival_date >= entry_types.valid_from
    AND shipments.arrival_date < COALESCE(entry_types.valid_to, CAST('9999-12-31' AS DATE))
)
SELECT
  *
FROM typed
