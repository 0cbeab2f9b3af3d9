/* One judgement of a person on two aliases, with what this run made of it. */
/* grain: alias_id_l, alias_id_r, judged_at */
WITH judgements AS (
  SELECT
    *
  FROM judgements
), members AS (
  SELECT
    *
  FROM identity_members
), placed AS (
  SELECT
    judgements.*,
    members_l.identity_id AS identity_id_l,
    members_r.identity_id AS identity_id_r,
    ROW_NUMBER() OVER (
      PARTITION BY judgements.alias_id_l, judgements.alias_id_r
      ORDER BY judgements.judged_at DESC
    ) AS place
  FROM judgements
  LEFT JOIN members AS members_l
    ON judgements.alias_id_l = members_l.alias_id
  LEFT JOIN members AS members_r
    ON judgements.alias_id_r = members_r.alias_id
), outcomes AS (
  SELECT
    alias_id_l,
    alias_id_r,
    verdict,
    judged_by,
    judged_at,
    note,
    CASE
      WHEN place > 1
      THEN 'replaced'
      WHEN verdict = 'unsure'
      THEN 'withdrawn'
      WHEN identity_id_l IS NULL OR identity_id_r IS NULL
      THEN 'waiting'
      WHEN (
        verdict = 'same'
      ) = (
        identity_id_l = identity_id_r
      )
      THEN 'kept'
      ELSE 'contradicted'
    END AS outcome
  FROM placed
)
SELECT
  *
FROM outcomes
