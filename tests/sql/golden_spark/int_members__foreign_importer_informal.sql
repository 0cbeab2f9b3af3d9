/* One informal entry of a week and importer of record who is outside the United States. */
/* grain: flag_id, shipment_uid */
WITH abroad AS (
  SELECT
    *
  FROM int_shipments__entered_for_importers_abroad
), named AS (
  SELECT
    abroad.*,
    COALESCE(known_importer, 'importer not named') || ', ' || importer_country || ', week of ' || CAST(CAST(DATE_TRUNC('WEEK', arrival_date) AS DATE) AS STRING) || CASE WHEN is_in_force THEN ', rule in force' ELSE '' END AS subject
  FROM abroad
), members AS (
  SELECT
    'f' || LEFT(
      MD5(CONCAT_WS('|', :regime, 'foreign_importer_informal', subject, rule_id)),
      :id_digits
    ) AS flag_id,
    named.*
  FROM named
)
SELECT
  *
FROM members
