/* One shipment of an informal entry that is over the limit of informal entry by itself. */
/* grain: flag_id, shipment_uid */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__beside_entry_limits
  WHERE
    is_informal
), typologies AS (
  SELECT
    *
  FROM ref_typologies
  WHERE
    regime = :regime AND typology = 'over_informal_limit'
), entries /* one answer a shipment, whatever its limit adds up; rows of one entry number are one entry */ AS (
  SELECT
    shipments.shipment_uid,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.value_usd,
    shipments.amount,
    shipments.limit_amount,
    shipments.limit_currency,
    shipments.is_certain,
    shipments.is_customs_value_proxy,
    shipments.mode = 'mail' AS is_mail,
    shipments.rule_id,
    typologies.source AS legal_basis,
    COALESCE(
      'entry ' || shipments.filer || ' ' || shipments.entry_number,
      'entry ' || shipments.entry_number,
      'shipment ' || shipments.shipment_uid
    ) || ', over the informal limit' AS subject
  FROM shipments
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    shipments.is_first_limit
), over_limit AS (
  SELECT
    subject,
    limit_currency,
    CAST(SUM(amount) AS DECIMAL(18, 2)) AS entry_amount,
    MIN(rule_id) AS first_rule_id
  FROM entries
  GROUP BY
    subject,
    limit_currency
  HAVING
    CASE
      WHEN :boundary = 'at'
      THEN SUM(amount) >= MAX(limit_amount)
      ELSE SUM(amount) > MAX(limit_amount)
    END
), members AS (
  SELECT
    'f' || LEFT(
      MD5(
        CONCAT_WS('|', :regime, 'over_informal_limit', entries.subject, over_limit.first_rule_id)
      ),
      :id_digits
    ) AS flag_id,
    entries.*,
    over_limit.entry_amount,
    over_limit.first_rule_id
  FROM entries
  INNER JOIN over_limit
    ON entries.subject = over_limit.subject
    AND entries.limit_currency = over_limit.limit_currency
)
SELECT
  *
FROM members
