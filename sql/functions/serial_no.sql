-- The digits at the end of a number as a number of their own.
-- takes: number

select
    case
        when regexp_extract(number, '([0-9]{1,15})$', 1) <> ''
            then cast(regexp_extract(number, '([0-9]{1,15})$', 1) as bigint)
    end as serial_no
