-- One informal entry of a week and importer of record who is outside the United States.
-- grain: flag_id, shipment_uid

with
abroad as (select * from int_shipments__entered_for_importers_abroad),

named as (

    select
        abroad.*,
        coalesce(known_importer, 'importer not named') || ', ' || importer_country || ', week of '
        || cast(cast(date_trunc('week', arrival_date) as date) as varchar)
        || case when is_in_force then ', rule in force' else '' end as subject
    from abroad

),

members as (

    select
        flag_id($regime, 'foreign_importer_informal', subject, rule_id, $id_digits) as flag_id,
        named.*
    from named

)

select * from members
