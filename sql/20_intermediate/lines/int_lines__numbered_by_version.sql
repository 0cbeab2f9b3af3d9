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

counted_in_file as (

    select
        named.*,
        count(line_no) over (partition by shipment_uid, input_no) as numbered_count,
        row_number() over (
            partition by shipment_uid, input_no, declared_at, record_action
            order by source_line
        ) as place_no
    from named

),

-- rows without a line number are numbered by their place among those handed in together
numbered as (

    select
        landed_id,
        case
            when line_no is not null or record_action = 'cancel' then line_no
            when numbered_count > 0 then 1
            else place_no
        end as line_no,
        record_action,
        input_no,
        source_file,
        source_line,
        declared_at,
        shipment_uid,
        line_no is null and record_action <> 'cancel' and numbered_count = 0 as is_numbered_by_place
    from counted_in_file

),

lines_of_shipments as (

    select distinct
        shipment_uid,
        line_no
    from numbered
    where line_no is not null

),

handed_in_whole as (

    select
        min(landed_id) as landed_id,
        max(line_no) as last_line_no,
        record_action,
        input_no,
        min(source_file) as source_file,
        min(source_line) as source_line,
        declared_at,
        shipment_uid
    from numbered
    where is_numbered_by_place
    group by shipment_uid, input_no, declared_at, record_action

),

-- a cancel row without a line, and rows numbered by their place, are about every line of the shipment
spread as (

    select
        landed_id,
        line_no,
        record_action,
        input_no,
        source_file,
        source_line,
        declared_at,
        shipment_uid,
        true as is_row
    from numbered
    union all
    select
        handed_in_whole.landed_id,
        lines_of_shipments.line_no,
        handed_in_whole.record_action,
        handed_in_whole.input_no,
        handed_in_whole.source_file,
        handed_in_whole.source_line,
        handed_in_whole.declared_at,
        handed_in_whole.shipment_uid,
        false as is_row
    from handed_in_whole
    inner join lines_of_shipments on handed_in_whole.shipment_uid = lines_of_shipments.shipment_uid
    where lines_of_shipments.line_no > handed_in_whole.last_line_no
    union all
    select
        numbered.landed_id,
        lines_of_shipments.line_no,
        numbered.record_action,
        numbered.input_no,
        numbered.source_file,
        numbered.source_line,
        numbered.declared_at,
        numbered.shipment_uid,
        false as is_row
    from numbered
    inner join lines_of_shipments on numbered.shipment_uid = lines_of_shipments.shipment_uid
    where numbered.line_no is null

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
        line_no,
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
