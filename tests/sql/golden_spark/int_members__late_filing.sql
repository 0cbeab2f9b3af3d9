/* One shipment whose entry was filed after its deadline. */
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
    regime = :regime AND typology = 'late_filing'
), deadlines AS (
  SELECT
    *
  FROM ref_deadlines
  WHERE
    regime = :regime
    AND counted_from IN ('arrival', 'arrival_month')
    AND NOT within_days IS NULL
), due AS (
  SELECT
    shipments.shipment_uid,
    shipments.amount,
    COALESCE('filer ' || shipments.filer_code, 'filer not known') AS filer,
    shipments.week_start,
    shipments.entry_type,
    shipments.identity_id,
    shipments.arrival_date,
    shipments.date_basis,
    shipments.arrival_at,
    shipments.declared_at,
    shipments.value_usd,
    CAST(FROM_UTC_TIMESTAMP(shipments.declared_at, :home_zone) AS DATE) AS filed_date,
    CASE
      WHEN deadlines.counted_from = 'arrival'
      THEN shipments.arrival_date
      ELSE LAST_DAY(shipments.arrival_date)
    END + CAST(deadlines.within_days AS INT) AS due_date,
    deadlines.within_days,
    deadlines.wording,
    typologies.rule_id,
    deadlines.source AS legal_basis
  FROM shipments
  INNER JOIN deadlines
    ON shipments.deadline = deadlines.deadline
    AND shipments.arrival_date >= deadlines.valid_from
    AND shipments.arrival_date < COALESCE(deadlines.valid_to, CAST('9999-12-31' AS DATE))
  INNER JOIN typologies
    ON shipments.arrival_date >= typologies.valid_from
    AND shipments.arrival_date < COALESCE(typologies.valid_to, CAST('9999-12-31' AS DATE))
  WHERE
    NOT shipments.declared_at IS NULL
), late /* where the deadline is the arrival itself and its hour is known, hours are compared and not days */ AS (
  SELECT
    due.*,
    DATEDIFF(DAY, due_date, filed_date) AS days_late,
    filer || ', week of ' || CAST(week_start AS STRING) || ', entry type ' || entry_type || ', ' || CAST(within_days AS STRING) || ' days' AS subject
  FROM due
  WHERE
    CASE
      WHEN within_days = 0 AND NOT arrival_at IS NULL
      THEN declared_at > arrival_at
      ELSE filed_date > due_date
    END
), members AS (
  SELECT
    'f' || LEFT(MD5(CONCAT_WS('|', :regime, 'late_filing', subject, rule_id)), :id_digits) AS flag_id,
    late.*
  FROM late
)
SELECT
  *
FROM members
