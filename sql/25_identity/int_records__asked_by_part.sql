-- One row per part of the pairs that are asked for and record among them, with its keys.
-- grain: part_no, record_no

with
asked as (select * from asked_records),

keys as (select * from int_parties__keys_of_records),

keyed as (

    select
        asked.part_no,
        keys.*
    from asked
    inner join keys on asked.record_no = keys.record_no

)

select * from keyed
