/* One flag and the smallest single thing of a kind without which it falls: a piece, a link, a reading of numbers. */
/* grain: flag_id, cut */
WITH hanging AS (
  SELECT
    *
  FROM int_flags__depending_on_one_record
), texts AS (
  SELECT
    *
  FROM single_cut_texts
), cuts AS (
  SELECT
    hanging.flag_id,
    hanging.cut,
    hanging.shipment_uid,
    hanging.shipment_id,
    hanging.alias_id_l,
    hanging.alias_id_r,
    hanging.probability,
    hanging.amount,
    hanging.limit_currency,
    texts.reason
  FROM hanging
  INNER JOIN texts
    ON hanging.flag_id = texts.flag_id AND hanging.cut = texts.cut
)
SELECT
  *
FROM cuts
