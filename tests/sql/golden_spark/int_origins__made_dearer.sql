/* One origin and a day on which added duties began for its goods, or rose, until they ended or rose again, and by how */
/* much. */
/* grain: origin_country, dearer_from */
WITH layered /* a duty on all goods of an origin */ AS (
  SELECT
    *
  FROM int_origins__layered
  WHERE
    goods_list = ''
), lower_before AS (
  SELECT
    layered.origin_country,
    layered.layer,
    layered.valid_from,
    layered.valid_to,
    layered.rate,
    MAX(earlier.rate) AS rate_before
  FROM layered
  LEFT JOIN layered AS earlier
    ON layered.origin_country = earlier.origin_country
    AND layered.layer = earlier.layer
    AND layered.valid_from > earlier.valid_from
    AND layered.valid_from <= earlier.valid_to
  GROUP BY
    layered.origin_country,
    layered.layer,
    layered.valid_from,
    layered.valid_to,
    layered.rate
), dearer AS (
  SELECT
    origin_country,
    valid_from AS dearer_from,
    MAX(valid_to) AS dearer_to,
    CAST(SUM(rate - COALESCE(rate_before, 0)) AS DECIMAL(18, 8)) AS rise
  FROM lower_before
  WHERE
    rate > COALESCE(rate_before, 0)
  GROUP BY
    origin_country,
    valid_from
)
SELECT
  *
FROM dearer
