-- One line whose shipment number occurs more than once: the shipment it belongs to, and what came after it.
-- grain: landed_id

with
lines as (select * from stg_shipment_lines),

repeated_numbers as (

    select shipment_id from lines
    group by shipment_id
    having count(*) > 1

),

repeated_lines as (

    select
        lines.landed_id,
        lines.shipment_id,
        lines.line_no,
        lines.record_action,
        lines.input_no,
        lines.source_file,
        lines.source_line,
        lines.arrival_date,
        lines.declared_at
    from lines
    inner join repeated_numbers on lines.shipment_id = repeated_numbers.shipment_id

),

arrival_days as (

    select distinct
        shipment_id,
        arrival_date
    from repeated_lines
    where arrival_date is not null

),

spaced as (

    select
        shipment_id,
        arrival_date,
        lag(arrival_date) over (partition by shipment_id order by arrival_date) as previous_date
    from arrival_days

),

generations as (

    select
        shipment_id,
        arrival_date,
        sum(case when date_diff('day', previous_date, arrival_date) > $max_number_gap_days then 1 else 0 end) over (
            partition by shipment_id
            order by arrival_date
            rows between unbounded preceding and current row
        ) as generation_no
    from spaced

),

dated as (

    select
        repeated_lines.*,
        generations.generation_no as dated_generation_no
    from repeated_lines
    left join generations on
        repeated_lines.shipment_id = generations.shipment_id
        and repeated_lines.arrival_date = generations.arrival_date

),

-- a cancel row may come without a date: it is about what was last handed in before it
placed as (

    select
        dated.*,
        coalesce(
            dated_generation_no,
            last_value(dated_generation_no ignore nulls) over (
                partition by shipment_id
                order by input_no, source_line
                rows between unbounded preceding and current row
            ),
            min(dated_generation_no) over (partition by shipment_id),
            0
        ) as generation_no
    from dated

),

named as (

    select
        placed.landed_id,
        placed.line_no,
        placed.record_action,
        placed.input_no,
        placed.source_file,
        placed.source_line,
        placed.declared_at,
        case
            when generation_no = 0 then shipment_id
            else
                shipment_id || '~'
                || cast(min(arrival_date) over (partition by shipment_id, generation_no) as varchar)
        end as shipment_uid
    from placed

),

lines_of_shipments as (

    select distinct
        shipment_uid,
        line_no
    from named
    where line_no is not null

),

-- a cancel row without a line is about every line of the shipment
spread as (

    select
        named.*,
        true as is_row
    from named
    union all
    select
        named.landed_id,
        lines_of_shipments.line_no,
        named.record_action,
        named.input_no,
        named.source_file,
        named.source_line,
        named.declared_at,
        named.shipment_uid,
        false as is_row
    from named
    inner join lines_of_shipments on named.shipment_uid = lines_of_shipments.shipment_uid
    where named.line_no is null

),

clocked as (

    select
        spread.*,
        count(*) over (partition by shipment_uid, line_no)
        = count(declared_at) over (partition by shipment_uid, line_no) as is_always_declared
    from spread

),

-- 0 is the version in force, 1 the one before it
ranked as (

    select
        clocked.*,
        row_number() over (
            partition by shipment_uid, line_no
            order by
                case when is_always_declared then declared_at end desc,
                input_no desc,
                source_line desc,
                landed_id desc
        ) - 1 as versions_after
    from clocked

),

followed as (

    select
        ranked.*,
        lag(source_file) over (partition by shipment_uid, line_no order by versions_after) as replaced_by_file,
        lag(source_line) over (partition by shipment_uid, line_no order by versions_after) as replaced_by_line,
        lag(record_action) over (partition by shipment_uid, line_no order by versions_after) as replaced_by_action,
        lag(input_no) over (partition by shipment_uid, line_no order by versions_after) as replaced_by_input_no
    from ranked

),

judged as (

    select
        landed_id,
        shipment_uid,
        line_no,
        record_action,
        versions_after = 0 and record_action <> 'cancel' as is_current,
        replaced_by_file,
        replaced_by_line,
        replaced_by_action,
        replaced_by_input_no
    from followed
    where is_row

),

counted as (

    select
        landed_id,
        shipment_uid,
        record_action,
        is_current,
        replaced_by_file,
        replaced_by_line,
        replaced_by_action,
        replaced_by_input_no,
        row_number() over (partition by shipment_uid, is_current order by line_no) as line_rank,
        count(*) over (partition by shipment_uid, is_current) as line_count
    from judged

)

select * from counted
