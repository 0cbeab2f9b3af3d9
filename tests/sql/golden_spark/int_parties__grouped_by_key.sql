/* One row per party and blocking key that it shares with another party, numbered within the key. */
/* grain: block_key, record_no */
WITH keys AS (
  SELECT
    *
  FROM party_block_keys
), grouped AS (
  SELECT
    block_key,
    record_no,
    is_windowed,
    sign_bits,
    ROW_NUMBER() OVER (PARTITION BY block_key ORDER BY name_rank NULLS LAST, record_no NULLS LAST) AS place_no,
    COUNT(*) OVER (PARTITION BY block_key) AS party_count
  FROM keys
), small_or_walked AS (
  SELECT
    *
  FROM grouped
  WHERE
    party_count > 1 AND (
      is_windowed OR party_count <= :max_block
    )
), in_stretches /* a large block is cut into stretches: who is near each other stands in one, or in two that follow each other */ AS (
  SELECT
    *,
    CASE
      WHEN party_count > :max_block
      THEN CAST(FLOOR(place_no / :window_size) AS BIGINT)
    END AS stretch_no
  FROM small_or_walked
)
SELECT
  *
FROM in_stretches
