/* One week, typology and threshold on who is who: the flags that stand there and what their pieces are worth. */
/* grain: week_start, regime, typology, threshold */
WITH flag_thresholds AS (
  SELECT
    *
  FROM mart_flag_thresholds
), weekly AS (
  SELECT
    CAST(DATE_TRUNC('WEEK', window_end) AS DATE) AS week_start,
    regime,
    typology,
    threshold,
    standing,
    COUNT(*) FILTER(WHERE
      stands) AS flags,
    CAST(COALESCE(SUM(total_usd) FILTER(WHERE
      stands), 0) AS DECIMAL(18, 2)) AS total_usd
  FROM flag_thresholds
  GROUP BY
    CAST(DATE_TRUNC('WEEK', window_end) AS DATE),
    regime,
    typology,
    threshold,
    standing
)
SELECT
  *
FROM weekly
