-- One current shipment with the columns of its lines that hold a cell nobody could read, written as |hts_code|mode|.
-- grain: shipment_uid

with
lines as (select * from int_lines__valued_in_usd),

cells as (
    select
        input_no,
        source_line,
        "column" as field
    from unread_cells
),

found as (

    select distinct
        lines.shipment_uid,
        cells.field
    from lines
    inner join cells on
        lines.input_no = cells.input_no
        and lines.source_line = cells.source_line

),

listed as (

    select
        shipment_uid,
        '|' || string_agg(field, '|' order by field) || '|' as unread
    from found
    group by shipment_uid

)

select * from listed
