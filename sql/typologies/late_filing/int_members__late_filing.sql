-- One shipment whose entry was filed after its deadline.
-- grain: flag_id, shipment_uid

with
shipments as (select * from int_shipments__described),

typologies as (
    select * from ref_typologies
    where regime = $regime and typology = 'late_filing'
),

deadlines as (
    select * from ref_deadlines
    where regime = $regime and counted_from in ('arrival', 'arrival_month') and within_days is not null
),

due as (

    select
        shipments.shipment_uid,
        shipments.amount,
        coalesce('filer ' || shipments.filer_code, 'filer not known') as filer,
        shipments.week_start,
        shipments.entry_type,
        shipments.identity_id,
        shipments.arrival_date,
        shipments.date_basis,
        shipments.arrival_at,
        shipments.declared_at,
        shipments.value_usd,
        cast(shipments.declared_at at time zone $home_zone as date) as filed_date,
        case
            when deadlines.counted_from = 'arrival' then shipments.arrival_date
            else last_day(shipments.arrival_date)
        end + cast(deadlines.within_days as integer) as due_date,
        deadlines.within_days,
        deadlines.wording,
        typologies.rule_id,
        deadlines.source as legal_basis
    from shipments
    inner join deadlines on
        shipments.deadline = deadlines.deadline
        and shipments.arrival_date >= deadlines.valid_from
        and shipments.arrival_date < coalesce(deadlines.valid_to, date '9999-12-31')
    inner join typologies on
        shipments.arrival_date >= typologies.valid_from
        and shipments.arrival_date < coalesce(typologies.valid_to, date '9999-12-31')
    where shipments.declared_at is not null

),

-- where the deadline is the arrival itself and its hour is known, hours are compared and not days
late as (

    select
        due.*,
        date_diff('day', due_date, filed_date) as days_late,
        filer || ', week of ' || cast(week_start as varchar) || ', entry type ' || entry_type || ', '
        || cast(within_days as varchar) || ' days' as subject
    from due
    where
        case
            when within_days = 0 and arrival_at is not null then declared_at > arrival_at
            else filed_date > due_date
        end

),

members as (

    select
        flag_id($regime, 'late_filing', subject, rule_id, $id_digits) as flag_id,
        late.*
    from late

)

select * from members
