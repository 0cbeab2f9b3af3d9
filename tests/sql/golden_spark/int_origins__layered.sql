/* One country of the file and a stretch of days on which goods of that origin pay an added duty, with its rate. */
/* grain: origin_country, layer, scheme, goods_list, valid_from, valid_to */
/* A duty that is held void counts for nothing. Where the goods decide, the list of goods is named. */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__described
), layers AS (
  SELECT
    *
  FROM ref_duty_layers
), scopes AS (
  SELECT
    *
  FROM ref_scopes
), members AS (
  SELECT
    *
  FROM ref_scope_members
), countries AS (
  SELECT
    origin_country
  FROM shipments
  WHERE
    NOT origin_country IS NULL
  UNION
  SELECT
    shipper_country AS origin_country
  FROM shipments
  WHERE
    NOT shipper_country IS NULL
  UNION
  SELECT
    export_country AS origin_country
  FROM shipments
  WHERE
    NOT export_country IS NULL
), in_force AS (
  SELECT
    layer,
    COALESCE(scheme, '') AS scheme,
    COALESCE(goods_list, '') AS goods_list,
    origin_scope,
    valid_from,
    COALESCE(valid_to, CAST('9999-12-31' AS DATE)) AS valid_to,
    rate
  FROM layers
  WHERE
    regime = :regime
    AND rate_kind = 'added'
    AND default_in_exposure <> 'no'
    AND mode_scope <> 'mail'
    AND NOT rate IS NULL
), matched AS (
  SELECT
    countries.origin_country,
    in_force.layer,
    in_force.scheme,
    in_force.goods_list,
    in_force.valid_from,
    in_force.valid_to,
    MAX(in_force.rate) AS rate
  FROM countries
  CROSS JOIN in_force
  INNER JOIN scopes
    ON scopes.scope_kind = 'origin' AND in_force.origin_scope = scopes.scope
  LEFT JOIN members
    ON members.scope_kind = 'origin'
    AND in_force.origin_scope = members.scope
    AND countries.origin_country = members.member
  WHERE
    (
      NOT members.member IS NULL
    ) <> scopes.is_negated
  GROUP BY
    countries.origin_country,
    in_force.layer,
    in_force.scheme,
    in_force.goods_list,
    in_force.valid_from,
    in_force.valid_to
)
SELECT
  *
FROM matched
