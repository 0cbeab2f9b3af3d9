/* One current shipment: its lines added up, the rest taken from its first line. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* follows: int_lines__owned_by_others by landed_id */
WITH lines AS (
  SELECT
    *
  FROM int_lines__valued_in_usd
), owners AS (
  SELECT
    *
  FROM int_lines__owned_by_others
), regimes AS (
  SELECT
    *
  FROM ref_regimes
), ports AS (
  SELECT
    *
  FROM ref_port_zones
  WHERE
    :time_zone = 'port'
), totals AS (
  SELECT
    shipment_uid,
    CASE WHEN COUNT(DISTINCT currency) = 1 THEN MIN(currency) END AS currency,
    CASE
      WHEN COUNT(DISTINCT currency) = 1
      THEN CAST(SUM(declared_value) AS DECIMAL(18, 2))
    END AS declared_value,
    CASE
      WHEN COUNT(DISTINCT currency) = 1 AND COUNT(customs_value) = COUNT(*)
      THEN CAST(SUM(customs_value) AS DECIMAL(18, 2))
    END AS customs_value,
    CAST(SUM(exact_value_usd) AS DECIMAL(18, 2)) AS value_usd,
    CAST(SUM(exact_customs_value_usd) AS DECIMAL(18, 2)) AS customs_value_usd,
    COUNT(customs_value) < COUNT(*) AS is_customs_value_proxy,
    CAST(SUM(quantity) AS DECIMAL(18, 4)) AS quantity,
    CAST(SUM(weight_kg) AS DECIMAL(18, 3)) AS weight_kg
  FROM lines
  WHERE
    line_count > 1
  GROUP BY
    shipment_uid
), first_lines AS (
  SELECT
    lines.*,
    :regime AS regime
  FROM lines
  WHERE
    line_rank = 1
), clocked /* whose clock the days go by: the regime's, the port's, or the one of UTC */ AS (
  SELECT
    lines.*,
    CASE
      WHEN :time_zone = 'UTC'
      THEN :time_zone
      WHEN :time_zone = 'port'
      THEN COALESCE(ports.time_zone, regimes.time_zone, :home_zone)
      ELSE COALESCE(regimes.time_zone, :home_zone)
    END AS day_zone
  FROM first_lines AS lines
  LEFT JOIN regimes
    ON lines.regime = regimes.regime
    AND lines.arrival_date >= regimes.valid_from
    AND lines.arrival_date < COALESCE(regimes.valid_to, CAST('9999-12-31' AS DATE))
  LEFT JOIN ports
    ON SUBSTRING(lines.port_of_entry, 1, 2) = ports.district
    AND lines.arrival_date >= ports.valid_from
    AND lines.arrival_date < COALESCE(ports.valid_to, CAST('9999-12-31' AS DATE))
), told /* days land in the home zone; an instant is needed to tell them by another clock */ AS (
  SELECT
    clocked.*,
    CASE
      WHEN date_basis <> 'arrival'
      THEN NULL
      WHEN arrival_at IS NULL OR day_zone = :home_zone
      THEN arrival_date
      ELSE CAST(FROM_UTC_TIMESTAMP(arrival_at, day_zone) AS DATE)
    END AS actual_arrival_date,
    CASE
      WHEN released_at IS NULL OR day_zone = :home_zone
      THEN released_date
      ELSE CAST(FROM_UTC_TIMESTAMP(released_at, day_zone) AS DATE)
    END AS release_day,
    CASE
      WHEN :date_basis = 'entry'
      THEN CAST(FROM_UTC_TIMESTAMP(declared_at, day_zone) AS DATE)
    END AS entry_day,
    CASE
      WHEN date_basis = 'arrival' AND NOT arrival_at IS NULL
      THEN CAST(SUBSTRING(CAST(FROM_UTC_TIMESTAMP(arrival_at, day_zone) AS STRING), 12, 2) AS INT)
    END AS arrival_hour
  FROM clocked
), chosen AS (
  SELECT
    told.*,
    CASE
      WHEN :date_basis = 'estimated_arrival'
      THEN estimated_arrival_date
      WHEN :date_basis = 'release'
      THEN release_day
      WHEN :date_basis = 'entry'
      THEN entry_day
      WHEN :date_basis = 'order'
      THEN order_date
    END AS chosen_date
  FROM told
), dated AS (
  SELECT
    chosen.*,
    COALESCE(chosen_date, actual_arrival_date, estimated_arrival_date, release_day, arrival_date) AS counted_date,
    CASE
      WHEN NOT chosen_date IS NULL
      THEN :date_basis
      WHEN NOT actual_arrival_date IS NULL
      THEN 'arrival'
      WHEN NOT estimated_arrival_date IS NULL
      THEN 'estimated_arrival'
      ELSE date_basis
    END AS counted_basis,
    arrival_hour < :near_midnight_hours
    OR arrival_hour >= :hours_in_day - :near_midnight_hours AS is_near_midnight
  FROM chosen
), owned /* the person as the resolver is given him: the consignee, or the owner in care of the consignee's address */ AS (
  SELECT
    dated.*,
    COALESCE(owners.owner_role, 'consignee') AS person_role,
    owners.owner_name,
    owners.owner_tax_id_hash,
    owners.owner_tax_id_last2,
    owners.owner_id,
    owners.owner_id_issuer,
    owners.owner_phone,
    owners.owner_email,
    COALESCE(owners.owner_name, dated.consignee_name) AS person_name,
    CASE
      WHEN owners.landed_id IS NULL
      THEN dated.consignee_phone
      ELSE owners.owner_phone
    END AS person_phone,
    CASE
      WHEN owners.landed_id IS NULL
      THEN dated.consignee_email
      ELSE owners.owner_email
    END AS person_email,
    CASE
      WHEN owners.landed_id IS NULL
      THEN dated.consignee_tax_id_hash
      ELSE owners.owner_tax_id_hash
    END AS person_tax_id_hash,
    CASE WHEN owners.landed_id IS NULL THEN dated.consignee_tax_id_deletions END AS person_tax_id_deletions,
    CASE
      WHEN owners.landed_id IS NULL
      THEN dated.consignee_tax_id_last2
      ELSE owners.owner_tax_id_last2
    END AS person_tax_id_last2,
    CASE WHEN owners.landed_id IS NULL THEN dated.consignee_id ELSE owners.owner_id END AS person_id,
    CASE
      WHEN owners.landed_id IS NULL
      THEN dated.consignee_id_issuer
      ELSE owners.owner_id_issuer
    END AS person_id_issuer
  FROM dated
  LEFT JOIN owners
    ON dated.landed_id = owners.landed_id
), rolled_up AS (
  SELECT
    lines.shipment_uid,
    lines.shipment_id,
    CASE WHEN lines.line_count > 1 THEN totals.currency ELSE lines.currency END AS currency,
    CASE
      WHEN lines.line_count > 1
      THEN totals.declared_value
      ELSE lines.declared_value
    END AS declared_value,
    CASE
      WHEN lines.line_count > 1
      THEN totals.customs_value
      ELSE lines.customs_value
    END AS customs_value,
    COALESCE(totals.value_usd, CAST(lines.exact_value_usd AS DECIMAL(18, 2))) AS value_usd,
    COALESCE(totals.customs_value_usd, CAST(lines.exact_customs_value_usd AS DECIMAL(18, 2))) AS customs_value_usd,
    COALESCE(totals.is_customs_value_proxy, lines.customs_value IS NULL) AS is_customs_value_proxy,
    COALESCE(totals.quantity, lines.quantity) AS quantity,
    COALESCE(totals.weight_kg, lines.weight_kg) AS weight_kg,
    lines.line_count,
    lines.counted_date AS arrival_date,
    lines.counted_basis AS date_basis,
    lines.actual_arrival_date,
    lines.is_near_midnight,
    lines.source_file,
    lines.source_line,
    lines.estimated_arrival_date,
    lines.order_date,
    lines.released_date,
    lines.declared_at,
    lines.released_at,
    lines.arrival_at,
    lines.sequence_no,
    lines.consignee_name,
    lines.consignee_address,
    lines.consignee_address2,
    lines.consignee_city,
    lines.consignee_state,
    lines.consignee_postal_code,
    lines.consignee_country,
    lines.consignee_phone,
    lines.consignee_email,
    lines.consignee_tax_id_hash,
    lines.consignee_tax_id_deletions,
    lines.consignee_tax_id_last2,
    lines.consignee_id,
    lines.consignee_id_issuer,
    lines.order_id,
    lines.order_issuer,
    lines.entry_type,
    lines.mode,
    lines.carrier_code,
    lines.filer_code,
    lines.port_of_entry,
    lines.house_bill,
    lines.master_bill,
    lines.entry_number,
    lines.conveyance_id,
    lines.seller_name,
    lines.seller_id,
    lines.marketplace,
    lines.shipper_name,
    lines.shipper_address,
    lines.shipper_country,
    lines.buyer_name,
    lines.importer_name,
    lines.importer_id_hash,
    lines.importer_id_last2,
    lines.importer_country,
    lines.origin_country,
    lines.export_country,
    lines.hts_code,
    lines.description,
    lines.product_id,
    lines.has_invoice,
    lines.has_transport_document,
    lines.has_proof_of_order,
    lines.is_gift,
    lines.exemption_claimed_declared,
    lines.person_role,
    lines.owner_name,
    lines.owner_tax_id_hash,
    lines.owner_tax_id_last2,
    lines.owner_id,
    lines.owner_id_issuer,
    lines.owner_phone,
    lines.owner_email,
    'a' || LEFT(
      MD5(
        CONCAT(
          COALESCE(COALESCE(lines.person_name, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_address, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_address2, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_city, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_state, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_postal_code, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.consignee_country, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_phone, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_email, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_tax_id_hash, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_tax_id_deletions, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_tax_id_last2, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_id, ''), ''),
          COALESCE(:field_separator, ''),
          COALESCE(COALESCE(lines.person_id_issuer, ''), '')
        )
      ),
      :id_digits
    ) AS alias_id
  FROM owned AS lines
  LEFT JOIN totals
    ON lines.shipment_uid = totals.shipment_uid
)
SELECT
  *
FROM rolled_up
