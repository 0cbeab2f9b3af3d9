/* One tariff number of an entry that may be of another origin, and its list of goods in a scheme of duties on a day. */
/* grain: hts_code, arrival_date, scheme */
/* Of the beginnings in force that day the longest decides; ALL stands for every other number. */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), goods AS (
  SELECT
    *
  FROM ref_duty_layer_goods
  WHERE
    regime = :regime
), cases AS (
  SELECT DISTINCT
    hts_code,
    arrival_date
  FROM shipments
  WHERE
    NOT hts_code IS NULL
    AND entry_route IN ('informal', 'formal')
    AND (
      shipper_country <> origin_country
      OR export_country <> origin_country
      OR mode = 'mail'
    )
), lengths AS (
  SELECT DISTINCT
    CASE WHEN hts_prefix = 'ALL' THEN 0 ELSE LENGTH(hts_prefix) END AS digits
  FROM goods
), begun AS (
  SELECT
    cases.hts_code,
    cases.arrival_date,
    lengths.digits,
    CASE
      WHEN lengths.digits = 0
      THEN 'ALL'
      ELSE LEFT(cases.hts_code, lengths.digits)
    END AS hts_prefix
  FROM cases
  CROSS JOIN lengths
  WHERE
    LENGTH(cases.hts_code) >= lengths.digits
), matched AS (
  SELECT
    hts_code,
    arrival_date,
    scheme,
    goods_list
  FROM (
    SELECT
      begun.hts_code,
      begun.arrival_date,
      goods.scheme,
      goods.goods_list,
      ROW_NUMBER() OVER (
        PARTITION BY begun.hts_code, begun.arrival_date, goods.scheme
        ORDER BY begun.digits DESC, goods.goods_list ASC NULLS LAST
      ) AS _w
    FROM begun
    INNER JOIN goods
      ON begun.hts_prefix = goods.hts_prefix
      AND begun.arrival_date >= goods.valid_from
      AND begun.arrival_date < COALESCE(goods.valid_to, CAST('9999-12-31' AS DATE))
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM matched
