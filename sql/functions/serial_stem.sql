-- What the numbers of a series have in common: their length, and what stands before the digits at the end.
-- takes: number

select
    case
        when regexp_extract(number, '([0-9]{1,15})$', 1) <> ''
            then
                cast(length(number) as varchar) || ' '
                || left(number, length(number) - length(regexp_extract(number, '([0-9]{1,15})$', 1)))
    end as serial_stem
