/* One tariff number of the file and a class of goods, in force for some days, that cannot come in under the exemption. */
/* grain: hts_code, kind, goods, origin_country, pool, valid_from */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), goods AS (
  SELECT
    *
  FROM ref_ineligible_goods
), codes AS (
  SELECT DISTINCT
    hts_code
  FROM shipments
  WHERE
    NOT hts_code IS NULL AND is_claimed
), matched AS (
  SELECT
    hts_code,
    kind,
    goods,
    origin_country,
    entry_types,
    pool,
    above_usd,
    valid_from,
    valid_to,
    source
  FROM (
    SELECT
      codes.hts_code,
      goods.kind,
      goods.goods,
      goods.origin_country,
      goods.entry_types,
      goods.pool,
      goods.above_usd,
      goods.valid_from,
      goods.valid_to,
      goods.source,
      ROW_NUMBER() OVER (
        PARTITION BY codes.hts_code, goods.kind, goods.goods, goods.origin_country, goods.pool, goods.valid_from
        ORDER BY goods.hts_from NULLS LAST, goods.hts_to NULLS LAST
      ) AS _w
    FROM codes
    INNER JOIN goods
      ON goods.regime = :regime
      AND LEFT(codes.hts_code, LENGTH(goods.hts_from)) >= goods.hts_from
      AND LEFT(codes.hts_code, LENGTH(goods.hts_to)) <= goods.hts_to
  ) AS _t
  WHERE
    _w = 1
)
SELECT
  *
FROM matched
