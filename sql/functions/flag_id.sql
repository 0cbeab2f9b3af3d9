-- The id of a flag: the same flag has the same id in every run.
-- takes: regime, typology, subject, rule_id, digits

select 'f' || left(md5(concat_ws('|', regime, typology, subject, rule_id)), digits) as flag_id
