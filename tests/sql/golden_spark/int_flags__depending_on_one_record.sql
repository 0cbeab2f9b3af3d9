/* One flag and the smallest single thing of a kind without which it falls: a piece, a link, a reading of numbers. */
/* grain: flag_id, cut */
WITH pieces AS (
  SELECT
    *
  FROM int_flags__depending_on_shipment
), links AS (
  SELECT
    *
  FROM int_flags__depending_on_link
), numbers AS (
  SELECT
    *
  FROM int_flags__depending_on_numbers
), cuts AS (
  SELECT
    flag_id,
    'piece' AS cut,
    shipment_uid,
    shipment_id,
    CAST(NULL AS STRING) AS alias_id_l,
    CAST(NULL AS STRING) AS alias_id_r,
    CAST(NULL AS DOUBLE) AS probability,
    amount,
    limit_currency,
    CASE
      WHEN is_last_pair
      THEN 'Each of its pieces is needed: without one of them there is no split.'
      ELSE 'Without one piece, ' || limit_currency || ' ' || CAST(amount AS STRING) || ' of ' || CAST(arrival_date AS STRING) || ', the rest is within the limit.'
    END AS reason,
    NOT is_last_pair AS is_told
  FROM pieces
  UNION ALL
  SELECT
    flag_id,
    'link' AS cut,
    CAST(NULL AS STRING) AS shipment_uid,
    CAST(NULL AS STRING) AS shipment_id,
    alias_id_l,
    alias_id_r,
    probability,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS STRING) AS limit_currency,
    'It rests on one link between two spellings, of probability ' || CAST(CAST(probability AS DECIMAL(18, 3)) AS STRING) || ': without it no part is over the limit.' AS reason,
    TRUE AS is_told
  FROM links
  UNION ALL
  SELECT
    flag_id,
    'numbers' AS cut,
    CAST(NULL AS STRING) AS shipment_uid,
    CAST(NULL AS STRING) AS shipment_id,
    CAST(NULL AS STRING) AS alias_id_l,
    CAST(NULL AS STRING) AS alias_id_r,
    CAST(NULL AS DOUBLE) AS probability,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS STRING) AS limit_currency,
    'Read as ' || CAST(number_count AS STRING) || ' orders, one a number, none is over the limit.' AS reason,
    TRUE AS is_told
  FROM numbers
)
SELECT
  *
FROM cuts
