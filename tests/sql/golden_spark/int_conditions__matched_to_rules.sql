/* One answer the law gives for a day, origin, mode and pool; several where origin or mode is unknown and decides. */
/* grain: arrival_date, origin_country, mode, pool, grouping_key, provision, coverage */
WITH shipments AS (
  SELECT
    *
  FROM int_shipments__sorted_into_pools
), limits AS (
  SELECT
    *
  FROM ref_limits
), scopes AS (
  SELECT
    *
  FROM ref_scopes
), members AS (
  SELECT
    *
  FROM ref_scope_members
), rates AS (
  SELECT
    *
  FROM ref_fx_rates
), conditions AS (
  SELECT DISTINCT
    arrival_date,
    origin_country,
    mode,
    pool
  FROM shipments
  UNION
  SELECT DISTINCT
    arrival_date,
    origin_country,
    mode,
    'standard' AS pool
  FROM shipments
  WHERE
    :gifts = 'pooled'
), candidates AS (
  SELECT
    conditions.arrival_date,
    conditions.origin_country,
    conditions.mode,
    conditions.pool,
    limits.kind,
    limits.grouping_key,
    CASE WHEN limits.kind = 'exemption' THEN 'exemption' ELSE limits.provision END AS provision,
    CASE
      WHEN limits.kind = 'exemption'
      THEN 'exemption'
      ELSE limits.grouping_key || ' ' || limits.provision
    END AS question,
    limits.rule_id,
    limits.status = 'eligible' AND NOT limits.limit_amount IS NULL AS is_available,
    limits.status <> 'ordered' AS is_in_force,
    limits.limit_amount,
    limits.limit_currency,
    limits.value_basis,
    limits.source,
    limits.confidence,
    CASE
      WHEN conditions.origin_country IS NULL AND limits.origin_scope <> 'ALL'
      THEN origins.wording
    END AS origin_wording,
    CASE
      WHEN conditions.mode IS NULL AND limits.mode_scope <> 'ALL'
      THEN modes.wording
    END AS mode_wording
  FROM conditions
  INNER JOIN limits
    ON limits.regime = :regime
    AND COALESCE(limits.if_suspension, :eo_suspension) = :eo_suspension
    AND COALESCE(limits.pool, conditions.pool) = conditions.pool
    AND conditions.arrival_date >= limits.valid_from
    AND conditions.arrival_date < COALESCE(limits.valid_to, CAST('9999-12-31' AS DATE))
  INNER JOIN scopes AS origins
    ON origins.scope_kind = 'origin' AND limits.origin_scope = origins.scope
  INNER JOIN scopes AS modes
    ON modes.scope_kind = 'mode' AND limits.mode_scope = modes.scope
  LEFT JOIN members AS origin_members
    ON origin_members.scope_kind = 'origin'
    AND limits.origin_scope = origin_members.scope
    AND conditions.origin_country = origin_members.member
  LEFT JOIN members AS mode_members
    ON mode_members.scope_kind = 'mode'
    AND limits.mode_scope = mode_members.scope
    AND conditions.mode = mode_members.member
  WHERE
    (
      conditions.origin_country IS NULL
      OR (
        NOT origin_members.member IS NULL
      ) <> origins.is_negated
    )
    AND (
      conditions.mode IS NULL
      OR (
        NOT mode_members.member IS NULL
      ) <> modes.is_negated
    )
), answers /* rules that say the same are one answer */ AS (
  SELECT
    arrival_date,
    origin_country,
    mode,
    pool,
    kind,
    grouping_key,
    provision,
    question,
    is_available,
    limit_amount,
    limit_currency,
    value_basis,
    MIN(CASE WHEN is_in_force THEN 1 ELSE 0 END) = 1 AS is_in_force,
    LISTAGG(rule_id, '+') WITHIN GROUP (ORDER BY
      rule_id NULLS LAST) AS rule_id,
    LISTAGG(source, '; ') WITHIN GROUP (ORDER BY
      rule_id NULLS LAST) AS legal_basis,
    MAX(CASE WHEN confidence = 'unverified' THEN 1 ELSE 0 END) = 1 AS is_unverified,
    COALESCE(
      LISTAGG(CONCAT_WS(' and ', origin_wording, mode_wording), ' or ') WITHIN GROUP (ORDER BY
        rule_id NULLS LAST),
      ''
    ) AS wording
  FROM candidates
  GROUP BY
    arrival_date,
    origin_country,
    mode,
    pool,
    kind,
    grouping_key,
    provision,
    question,
    is_available,
    limit_amount,
    limit_currency,
    value_basis
), compared AS (
  SELECT
    answers.*,
    COUNT(*) OVER (PARTITION BY arrival_date, origin_country, mode, pool, question) AS answer_count,
    MAX(CASE WHEN is_available THEN 1 ELSE 0 END) OVER (PARTITION BY arrival_date, origin_country, mode, pool, question) = 1 AS is_offered
  FROM answers
), covered AS (
  SELECT
    compared.arrival_date,
    compared.origin_country,
    compared.mode,
    compared.pool,
    compared.kind,
    compared.grouping_key,
    compared.provision,
    CASE WHEN compared.answer_count = 1 THEN 'known' ELSE 'if ' || compared.wording END AS coverage,
    compared.rule_id,
    compared.is_available,
    compared.is_in_force,
    compared.is_offered,
    compared.limit_amount,
    compared.limit_currency,
    compared.value_basis,
    rates.usd_per_unit AS limit_usd_per_unit,
    compared.legal_basis,
    compared.is_unverified,
    compared.question
  FROM compared
  LEFT JOIN rates
    ON compared.limit_currency = rates.currency
    AND compared.arrival_date >= rates.valid_from
    AND compared.arrival_date < COALESCE(rates.valid_to, CAST('9999-12-31' AS DATE))
), ranked /* of several answers one is told of a shipment, that which offers most; one has the highest limit */ AS (
  SELECT
    *
    EXCEPT (question),
    ROW_NUMBER() OVER (
      PARTITION BY arrival_date, origin_country, mode, pool, question
      ORDER BY is_available DESC, coverage ASC NULLS LAST
    ) = 1 AS is_told,
    ROW_NUMBER() OVER (
      PARTITION BY arrival_date, origin_country, mode, pool, question
      ORDER BY limit_amount DESC, coverage ASC NULLS LAST
    ) = 1 AS is_highest
  FROM covered
)
SELECT
  *
FROM ranked
