/* One informal entry whose importer of record is outside the United States, while an order or rule is about such. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* follows: int_conditions__matched_to_rules by arrival_date, origin_country, mode */
/* Where no country of the importer is given, a party of the same name tells it: the consignee before the shipper. */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__given_one_rule
), conditions AS (
  SELECT
    *
  FROM int_conditions__matched_to_rules
), territories AS (
  SELECT
    *
  FROM ref_territories
  WHERE
    regime = :regime
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'foreign_importer_informal'
), bars AS (
  SELECT
    *
  FROM conditions
  WHERE
    kind = 'importer_bar'
), entered AS (
  SELECT
    shipment_uid,
    arrival_date,
    own_pool AS pool,
    origin_country,
    mode,
    tested_usd,
    value_usd,
    is_import,
    entry_number,
    UPPER(TRIM(filer_code)) AS filer,
    UPPER(TRIM(importer_name)) AS importer,
    importer_id_hash,
    NOT importer_country IS NULL AS is_country_given,
    CASE
      WHEN NOT importer_country IS NULL
      THEN importer_country
      WHEN UPPER(TRIM(importer_name)) = UPPER(TRIM(consignee_name))
      THEN consignee_country
      WHEN UPPER(TRIM(importer_name)) = UPPER(TRIM(shipper_name))
      THEN shipper_country
    END AS importer_country
  FROM shipments
  WHERE
    is_informal
    AND NOT COALESCE(claim, FALSE)
    AND arrival_date BETWEEN :from_date AND :to_date
), abroad AS (
  SELECT
    shipment_uid,
    arrival_date,
    amount,
    value_usd,
    is_country_given,
    importer_country,
    entry,
    is_in_force,
    rule_id,
    legal_basis,
    known_importer
  FROM (
    SELECT
      entered.shipment_uid,
      entered.arrival_date,
      entered.tested_usd AS amount,
      entered.value_usd,
      entered.is_country_given,
      entered.importer_country,
      COALESCE(
        'entry ' || entered.filer || ' ' || entered.entry_number,
        'entry ' || entered.entry_number,
        'shipment ' || entered.shipment_uid
      ) AS entry,
      bars.is_in_force,
      bars.rule_id,
      bars.legal_basis,
      COALESCE(
        'importer ' || entered.importer,
        'importer number ' || LEFT(entered.importer_id_hash, :id_digits)
      ) AS known_importer,
      ROW_NUMBER() OVER (
        PARTITION BY entered.shipment_uid
        ORDER BY bars.is_in_force ASC NULLS LAST, bars.rule_id ASC NULLS LAST
      ) AS _w
    FROM entered
    INNER JOIN bars
      ON entered.arrival_date = bars.arrival_date
      AND entered.pool = bars.pool
      AND entered.origin_country IS NOT DISTINCT FROM bars.origin_country
      AND entered.mode IS NOT DISTINCT FROM bars.mode
    INNER JOIN typologies
      ON entered.arrival_date >= typologies.valid_from
      AND entered.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
    LEFT JOIN territories
      ON entered.importer_country = territories.place
      AND entered.arrival_date >= territories.valid_from
      AND entered.arrival_date < COALESCE(territories.valid_to, CAST('9999-12-31' AS DATE))
    WHERE
      entered.is_import
      AND entered.importer_country <> UPPER(:regime)
      AND territories.place IS NULL
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM abroad
