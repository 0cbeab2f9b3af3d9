-- One row per record, a party told apart from others by its keys: what it is compared by.
-- grain: record_no

with
records as (select * from party_records),

keys as (select * from party_keys),

keyed as (

    select
        records.record_no,
        keys.*
    from records
    inner join keys on records.alias_id = keys.alias_id

)

select * from keyed
