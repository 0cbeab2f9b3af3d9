/* One line whose shipment number occurs more than once: the shipment it belongs to, and what came after it. */
/* grain: landed_id */
WITH lines AS (
  SELECT
    *
  FROM stg_shipment_lines
), repeated_numbers AS (
  SELECT
    shipment_id
  FROM lines
  GROUP BY
    shipment_id
  HAVING
    COUNT(*) > 1
), repeated_lines AS (
  SELECT
    lines.landed_id,
    lines.shipment_id,
    lines.line_no,
    lines.record_action,
    lines.input_no,
    lines.source_file,
    lines.source_line,
    lines.arrival_date,
    lines.declared_at
  FROM lines
  INNER JOIN repeated_numbers
    ON lines.shipment_id = repeated_numbers.shipment_id
), arrival_days AS (
  SELECT DISTINCT
    shipment_id,
    arrival_date
  FROM repeated_lines
  WHERE
    NOT arrival_date IS NULL
), spaced AS (
  SELECT
    shipment_id,
    arrival_date,
    LAG(arrival_date) OVER (PARTITION BY shipment_id ORDER BY arrival_date NULLS LAST) AS previous_date
  FROM arrival_days
), generations AS (
  SELECT
    shipment_id,
    arrival_date,
    SUM(
      CASE
        WHEN DATEDIFF(DAY, previous_date, arrival_date) > :max_number_gap_days
        THEN 1
        ELSE 0
      END
    ) OVER (
      PARTITION BY shipment_id
      ORDER BY arrival_date NULLS LAST
      rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
    ) AS generation_no
  FROM spaced
), dated AS (
  SELECT
    repeated_lines.*,
    generations.generation_no AS dated_generation_no
  FROM repeated_lines
  LEFT JOIN generations
    ON repeated_lines.shipment_id = generations.shipment_id
    AND repeated_lines.arrival_date = generations.arrival_date
), placed /* a cancel row may come without a date: it is about what was last handed in before it */ AS (
  SELECT
    dated.*,
    COALESCE(
      dated_generation_no,
      LAST_VALUE(dated_generation_no) IGNORE NULLS OVER (
        PARTITION BY shipment_id
        ORDER BY input_no NULLS LAST, source_line NULLS LAST
        rows BETWEEN UNBOUNDED preceding AND CURRENT ROW
      ),
      MIN(dated_generation_no) OVER (PARTITION BY shipment_id),
      0
    ) AS generation_no
  FROM dated
), named AS (
  SELECT
    placed.landed_id,
    placed.line_no,
    placed.record_action,
    placed.input_no,
    placed.source_file,
    placed.source_line,
    placed.declared_at,
    CASE
      WHEN generation_no = 0
      THEN shipment_id
      ELSE shipment_id || '~' || CAST(MIN(arrival_date) OVER (PARTITION BY shipment_id, generation_no) AS STRING)
    END AS shipment_uid
  FROM placed
), counted_in_file AS (
  SELECT
    named.*,
    COUNT(line_no) OVER (PARTITION BY shipment_uid, input_no) AS numbered_count,
    ROW_NUMBER() OVER (
      PARTITION BY shipment_uid, input_no, declared_at, record_action
      ORDER BY source_line NULLS LAST
    ) AS place_no
  FROM named
), numbered /* rows without a line number are numbered by their place among those handed in together */ AS (
  SELECT
    landed_id,
    CASE
      WHEN NOT line_no IS NULL OR record_action = 'cancel'
      THEN line_no
      WHEN numbered_count > 0
      THEN 1
      ELSE place_no
    END AS line_no,
    record_action,
    input_no,
    source_file,
    source_line,
    declared_at,
    shipment_uid,
    line_no IS NULL AND record_action <> 'cancel' AND numbered_count = 0 AS is_numbered_by_place
  FROM counted_in_file
), lines_of_shipments AS (
  SELECT DISTINCT
    shipment_uid,
    line_no
  FROM numbered
  WHERE
    NOT line_no IS NULL
), handed_in_whole AS (
  SELECT
    MIN(landed_id) AS landed_id,
    MAX(line_no) AS last_line_no,
    record_action,
    input_no,
    MIN(source_file) AS source_file,
    MIN(source_line) AS source_line,
    declared_at,
    shipment_uid
  FROM numbered
  WHERE
    is_numbered_by_place
  GROUP BY
    shipment_uid,
    input_no,
    declared_at,
    record_action
), spread /* a cancel row without a line, and rows numbered by their place, are about every line of the shipment */ AS (
  SELECT
    landed_id,
    line_no,
    record_action,
    input_no,
    source_file,
    source_line,
    declared_at,
    shipment_uid,
    TRUE AS is_row
  FROM numbered
  UNION ALL
  SELECT
    handed_in_whole.landed_id,
    lines_of_shipments.line_no,
    handed_in_whole.record_action,
    handed_in_whole.input_no,
    handed_in_whole.source_file,
    handed_in_whole.source_line,
    handed_in_whole.declared_at,
    handed_in_whole.shipment_uid,
    FALSE AS is_row
  FROM handed_in_whole
  INNER JOIN lines_of_shipments
    ON handed_in_whole.shipment_uid = lines_of_shipments.shipment_uid
  WHERE
    lines_of_shipments.line_no > handed_in_whole.last_line_no
  UNION ALL
  SELECT
    numbered.landed_id,
    lines_of_shipments.line_no,
    numbered.record_action,
    numbered.input_no,
    numbered.source_file,
    numbered.source_line,
    numbered.declared_at,
    numbered.shipment_uid,
    FALSE AS is_row
  FROM numbered
  INNER JOIN lines_of_shipments
    ON numbered.shipment_uid = lines_of_shipments.shipment_uid
  WHERE
    numbered.line_no IS NULL
), clocked AS (
  SELECT
    spread.*,
    COUNT(*) OVER (PARTITION BY shipment_uid, line_no) = COUNT(declared_at) OVER (PARTITION BY shipment_uid, line_no) AS is_always_declared
  FROM spread
), ranked /* 0 is the version in force, 1 the one before it */ AS (
  SELECT
    clocked.*,
    ROW_NUMBER() OVER (
      PARTITION BY shipment_uid, line_no
      ORDER BY CASE WHEN is_always_declared THEN declared_at END DESC, input_no DESC, source_line DESC, landed_id DESC
    ) - 1 AS versions_after
  FROM clocked
), followed AS (
  SELECT
    ranked.*,
    LAG(source_file) OVER (PARTITION BY shipment_uid, line_no ORDER BY versions_after NULLS LAST) AS replaced_by_file,
    LAG(source_line) OVER (PARTITION BY shipment_uid, line_no ORDER BY versions_after NULLS LAST) AS replaced_by_line,
    LAG(record_action) OVER (PARTITION BY shipment_uid, line_no ORDER BY versions_after NULLS LAST) AS replaced_by_action,
    LAG(input_no) OVER (PARTITION BY shipment_uid, line_no ORDER BY versions_after NULLS LAST) AS replaced_by_input_no
  FROM ranked
), judged AS (
  SELECT
    landed_id,
    shipment_uid,
    line_no,
    record_action,
    versions_after = 0 AND record_action <> 'cancel' AS is_current,
    replaced_by_file,
    replaced_by_line,
    replaced_by_action,
    replaced_by_input_no
  FROM followed
  WHERE
    is_row
), counted AS (
  SELECT
    landed_id,
    shipment_uid,
    line_no,
    record_action,
    is_current,
    replaced_by_file,
    replaced_by_line,
    replaced_by_action,
    replaced_by_input_no,
    ROW_NUMBER() OVER (PARTITION BY shipment_uid, is_current ORDER BY line_no NULLS LAST) AS line_rank,
    COUNT(*) OVER (PARTITION BY shipment_uid, is_current) AS line_count
  FROM judged
)
SELECT
  *
FROM counted
