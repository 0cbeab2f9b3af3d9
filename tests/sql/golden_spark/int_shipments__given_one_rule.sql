/* One current shipment with the one answer told of it: the sure one, or of two the one that offers the exemption; */
/* and the deadline that its entry is under, by the name that ref_deadlines gives it. */
/* grain: shipment_uid */
/* by: shipment_uid */
/* shown: a choice among rows that are kept already */
WITH answers AS (
  SELECT
    *
  FROM int_shipments__matched_to_rules
), dated /* an informal entry of mail is declared by the month, any other by its entry type */ AS (
  SELECT
    *,
    CASE
      WHEN mode = 'mail' AND is_informal AND NOT COALESCE(exemption_claimed, FALSE)
      THEN 'postal_informal_entry_month'
      ELSE 'type_' || LOWER(entry_type) || '_entry'
    END AS deadline
  FROM answers
  WHERE
    is_told
)
SELECT
  *
FROM dated
