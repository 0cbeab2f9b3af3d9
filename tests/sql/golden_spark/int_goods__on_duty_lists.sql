/* One tariff number of the file and its list of goods in a scheme of duties: the longest beginning decides. */
/* grain: hts_code, scheme, valid_from */
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
), codes AS (
  SELECT DISTINCT
    hts_code
  FROM shipments
  WHERE
    NOT hts_code IS NULL
), lengths AS (
  SELECT DISTINCT
    LENGTH(hts_prefix) AS digits
  FROM goods
), begun AS (
  SELECT
    codes.hts_code,
    lengths.digits,
    LEFT(codes.hts_code, lengths.digits) AS hts_prefix
  FROM codes
  CROSS JOIN lengths
  WHERE
    LENGTH(codes.hts_code) >= lengths.digits
), matched AS (
  SELECT
    hts_code,
    scheme,
    goods_list,
    valid_from,
    valid_to
  FROM (
    SELECT
      begun.hts_code,
      goods.scheme,
      goods.goods_list,
      goods.valid_from,
      COALESCE(goods.valid_to, CAST('9999-12-31' AS DATE)) AS valid_to,
      ROW_NUMBER() OVER (
        PARTITION BY begun.hts_code, goods.scheme, goods.valid_from
        ORDER BY begun.digits DESC, goods.goods_list ASC NULLS LAST
      ) AS _w
    FROM begun
    INNER JOIN goods
      ON begun.hts_prefix = goods.hts_prefix
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM matched
