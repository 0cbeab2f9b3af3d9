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
    shipment_uid,
    identity_id,
    arrival_date,
    value_usd,
    amount,
    limit_amount,
    limit_currency,
    is_certain,
    is_customs_value_proxy,
    is_mail,
    rule_id,
    legal_basis,
    subject
  FROM (
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
      ) || ', over the informal limit' AS subject,
      ROW_NUMBER() OVER (PARTITION BY shipments.shipment_uid ORDER BY shipments.grouping_key NULLS LAST) AS _w
    FROM shipments
    INNER JOIN typologies
      ON shipments.arrival_date >= typologies.valid_from
      AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  ) AS _t
  WHERE
    _w = 1
), summed AS (
  SELECT
    entries.*,
    CAST(SUM(amount) OVER (PARTITION BY subject, limit_currency) AS DECIMAL(18, 2)) AS entry_amount,
    MIN(rule_id) OVER (PARTITION BY subject, limit_currency) AS first_rule_id
  FROM entries
), over_limit AS (
  SELECT
    *
  FROM summed
  WHERE
    CASE
      WHEN :boundary = 'at'
      THEN entry_amount >= limit_amount
      ELSE entry_amount > limit_amount
    END
), members AS (
  SELECT
    'f' || LEFT(
      MD5(CONCAT_WS('|', :regime, 'over_informal_limit', subject, first_rule_id)),
      :id_digits
    ) AS flag_id,
    over_limit.*
  FROM over_limit
)
SELECT
  *
FROM members
