/* One shipment of a house bill that was entered twice: under more than one entry number, or under the exemption and */
/* again with duty. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'duplicate_entry'
), billed AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    UPPER(TRIM(shipments.house_bill)) AS house_bill,
    COALESCE(shipments.carrier_code, '-') AS carrier_code,
    UPPER(TRIM(shipments.entry_number)) AS entry_number,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.description,
    UPPER(TRIM(COALESCE(shipments.product_id, shipments.hts_code, shipments.description))) AS goods,
    shipments.quantity,
    shipments.is_claimed AND shipments.exemption_basis <> 'assumed' AS is_claimed,
    COALESCE(shipments.entry_route IN ('informal', 'formal'), FALSE) AS is_entered,
    COALESCE(shipments.entry_route = 'informal', FALSE) AS is_informal,
    typologies.rule_id,
    typologies.source AS legal_basis
  FROM shipments
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    NOT shipments.house_bill IS NULL
    AND /* a release from the manifest has no entry number */ (
      NOT shipments.entry_number IS NULL
      OR (
        shipments.is_claimed AND shipments.exemption_basis <> 'assumed'
      )
    )
), repeated AS (
  SELECT
    carrier_code,
    house_bill,
    rule_id
  FROM billed
  GROUP BY
    carrier_code,
    house_bill,
    rule_id
  HAVING
    COUNT(*) > 1
    AND (
      MIN(entry_number) <> MAX(entry_number) OR COUNT(entry_number) < COUNT(*)
    )
), spaced AS (
  SELECT
    billed.*,
    LAG(billed.arrival_date) OVER (
      PARTITION BY billed.carrier_code, billed.house_bill, billed.rule_id
      ORDER BY billed.arrival_date NULLS LAST, billed.shipment_uid NULLS LAST
    ) AS previous_date
  FROM billed
  INNER JOIN repeated
    ON billed.carrier_code = repeated.carrier_code
    AND billed.house_bill = repeated.house_bill
    AND billed.rule_id = repeated.rule_id
), used /* the same bill number long after is another bill */ AS (
  SELECT
    spaced.*,
    SUM(
      CASE
        WHEN DATEDIFF(DAY, previous_date, arrival_date) > :max_order_gap_days
        THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY carrier_code, house_bill, rule_id
      ORDER BY arrival_date NULLS LAST, shipment_uid NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS use_no
  FROM spaced
), counted AS (
  SELECT
    used.*,
    MIN(entry_number) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) AS first_entry,
    MAX(entry_number) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) AS last_entry,
    MAX(CASE WHEN is_claimed AND entry_number IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) = 1 AS has_release,
    MAX(CASE WHEN is_entered THEN 1 ELSE 0 END) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) = 1 AS has_entry,
    MAX(CASE WHEN is_entered THEN 0 ELSE 1 END) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) = 0 AS is_all_entered,
    MAX(CASE WHEN goods IS NULL OR quantity IS NULL THEN 1 ELSE 0 END) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no) = 0 AS is_content_known,
    MIN(entry_number) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no, goods, quantity) <> MAX(entry_number) OVER (PARTITION BY carrier_code, house_bill, rule_id, use_no, goods, quantity) AS is_again,
    'house bill ' || house_bill || ', carrier ' || carrier_code || CASE WHEN use_no > 0 THEN ', use ' || CAST(use_no + 1 AS STRING) ELSE '' END AS subject
  FROM used
), twice AS (
  SELECT
    *
  FROM counted
  WHERE
    (
      has_release AND has_entry
    )
    OR (
      first_entry <> last_entry
      AND NOT entry_number IS NULL
      AND /* entries of other goods, or of other quantities of them, are parts of the bill */ (
        is_again OR NOT (
          is_all_entered AND is_content_known
        )
      )
    )
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'duplicate_entry', subject, rule_id)), :id_digits) AS flag_id,
    twice.*
  FROM twice
)
SELECT
  *
FROM members
