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
    arrival_date,
    CAST(NULL AS STRING) AS alias_id_l,
    CAST(NULL AS STRING) AS alias_id_r,
    CAST(NULL AS DOUBLE) AS probability,
    amount,
    limit_currency,
    CAST(NULL AS BIGINT) AS number_count,
    is_last_pair,
    NOT is_last_pair AS is_told
  FROM pieces
  UNION ALL
  SELECT
    flag_id,
    'link' AS cut,
    CAST(NULL AS STRING) AS shipment_uid,
    CAST(NULL AS STRING) AS shipment_id,
    CAST(NULL AS DATE) AS arrival_date,
    alias_id_l,
    alias_id_r,
    probability,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS STRING) AS limit_currency,
    CAST(NULL AS BIGINT) AS number_count,
    CAST(NULL AS BOOLEAN) AS is_last_pair,
    TRUE AS is_told
  FROM links
  UNION ALL
  SELECT
    flag_id,
    'numbers' AS cut,
    CAST(NULL AS STRING) AS shipment_uid,
    CAST(NULL AS STRING) AS shipment_id,
    CAST(NULL AS DATE) AS arrival_date,
    CAST(NULL AS STRING) AS alias_id_l,
    CAST(NULL AS STRING) AS alias_id_r,
    CAST(NULL AS DOUBLE) AS probability,
    CAST(NULL AS DECIMAL(18, 2)) AS amount,
    CAST(NULL AS STRING) AS limit_currency,
    number_count,
    CAST(NULL AS BOOLEAN) AS is_last_pair,
    TRUE AS is_told
  FROM numbers
)
SELECT
  *
FROM cuts
