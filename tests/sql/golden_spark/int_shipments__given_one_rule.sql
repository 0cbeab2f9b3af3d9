/* One current shipment with the one answer told of it: the sure one, or of two the one that offers the exemption; */
/* and the deadline that its entry is under, by the name that ref_deadlines gives it. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* shown: a choice among rows that are kept already */
WITH answers AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), unsure AS (
  SELECT
    *
  FROM (
    SELECT
      *,
      ROW_NUMBER() OVER (PARTITION BY shipment_uid ORDER BY is_available DESC, coverage ASC NULLS LAST) AS _w
    FROM answers
    WHERE
      coverage LIKE 'if %'
  ) AS _t
  WHERE
    _w = 1
), given AS (
  SELECT
    *
  FROM answers
  WHERE
    coverage NOT LIKE 'if %'
  UNION ALL
  SELECT
    *
  FROM unsure
), dated /* an informal entry of mail is declared by the month, any other by its entry type */ AS (
  SELECT
    given.*,
    CASE
      WHEN mode = 'mail' AND is_informal AND NOT COALESCE(exemption_claimed, FALSE)
      THEN 'postal_informal_entry_month'
      ELSE 'type_' || LOWER(entry_type) || '_entry'
    END AS deadline
  FROM given
)
SELECT
  *
FROM dated
