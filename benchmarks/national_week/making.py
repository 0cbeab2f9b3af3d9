"""Invents a week of shipments in DuckDB: every value is a hash of the row's number, so that any size streams to disk.

About 0.48 distinct consignee strings a shipment, mean value near $50 with a heavy tail, 2 % of the shipments in schemes
(one person, one day, two to four pieces, other spellings and carriers), forwarders and large buildings among them. One
in seven bears one of fifty frequent surnames, the others some of 290,000 put together from syllables, so that names
crowd about as those of the country do.
"""

from __future__ import annotations

from pathlib import Path

import duckdb

__all__ = ["make_week"]

_GIVEN = (
    "Maria James Wei Fatima John Ana Dmitri Sofia Chen Rahul Olga Carlos Linh Ahmed Emma Noah Yuki Priya Ivan Grace "
    "Tomas Leila Hassan Mei Pedro Nina Oscar Ruth Sanjay Elena Viktor Amara Diego Hana Kofi Lucia Marek Noor Pablo Zoe"
)
_FAMILY = (
    "Lopez Smith Zhang Khan Nguyen Garcia Ivanov Patel Kim Johnson Okafor Tanaka Silva Cohen Novak Brown Ali Martin "
    "Rossi Park Hernandez Singh Wagner Dubois Santos Murphy Haddad Kowalski Larsen Mendez Baker Osei Popov Reyes Sato "
    "Thompson Usman Vargas Weber Yamamoto Adeyemi Bianchi Castro Duarte Eriksen Fischer Gupta Horvat Ibrahim Jansen"
)
_ONSETS = (
    "Bar Ber Bol Bran Cal Car Chap Cor Dal Del Dor Ell Fair Fal Gal Gar Gran Had Hal Har Hol Ken Kil Lan Lock Mar Mor "
    "Nor Pem Rad Ros Sal Shel Stan Tam Thorn Val Wal Wes Win"
)
_MIDDLES = "a be da den do e fo go i in ke la le ling lo man na ne ni o ra ri ro sa se ta te ti va wi"
_ENDS = "berg bert bury dale den don ell er ez field ford gan ham kins land ley low man mann nell ney son stone ton"
_STREETS = "Elm Oak Maple Main Cedar Lake Hill Park River Sunset Harbor Mill Spring Church Forest Grant Union Valley"
_ROWS = """
with drawn as (
    select
        i,
        hash(i * 7919 + {seed}) as h,
        hash(i * 104729 + {seed}) as g,
        hash(i * 15485863 + {seed}) as k
    from range({begin}, {end}) as numbers(i)
),
placed as (
    select
        *,
        -- rows of a block of four are one scheme where the block is drawn
        (hash((i // 4) * 31 + {seed}) % 1000) < 20 as is_scheme,
        case when (hash((i // 4) * 31 + {seed}) % 1000) < 20 then (i // 4) * 4 else i end as lead
    from drawn
),
persons as (
    select
        *,
        cast(floor({persons} * pow((hash(lead * 48611 + {seed}) % 1000000007) / 1000000007.0, 1.12)) as bigint) as p,
        hash(lead * 7 + {seed}) as day_hash
    from placed
),
named as (
    select
        *,
        hash(p * 2654435761 + 1) as a,
        hash(p * 40503 + 2) as b,
        -- one in eight pieces is spelled in another way, in schemes every second
        case when (g >> 8) % 8 = 0 or (is_scheme and (g >> 8) % 2 = 0) then 1 + (g >> 16) % 4 else 0 end as spelling
    from persons
),
written as (
    select
        *,
        case when (b >> 3) % 100 < 40 then list_extract({given}, 1 + cast(a % {given_count} as int))
            else list_extract({onset}, 1 + cast((a >> 30) % {onset_count} as int))
                || list_extract({middle_part}, 1 + cast((a >> 36) % {middle_part_count} as int)) end as first_name,
        case when (b >> 10) % 7 = 0 then list_extract({family}, 1 + cast((a >> 12) % {family_count} as int))
            else list_extract({onset}, 1 + cast((a >> 12) % {onset_count} as int))
                || list_extract({middle_part}, 1 + cast((a >> 18) % {middle_part_count} as int))
                || case when (a >> 23) % 9 = 0 then ''
                    else list_extract({middle_part}, 1 + cast((b >> 40) % 9 as int)) end
                || list_extract({ending}, 1 + cast((b >> 50) % {ending_count} as int)) end as last_name,
        chr(65 + cast((a >> 24) % 26 as int)) as middle,
        case when b % 50 = 0 then 100 else 1 + (b >> 6) % 9800 end as house,
        list_extract({street}, 1 + cast((b >> 22) % {street_count} as int)) as street,
        list_extract(['St', 'Ave', 'Rd', 'Dr', 'Ln'], 1 + cast((b >> 30) % 5 as int)) as kind,
        case when b % 50 = 0 or (b >> 34) % 4 = 0 then 1 + (b >> 36) % 900 end as unit,
        10000 + (b >> 46) % 89000 as zip
    from named
)
select
    'N' || lpad(cast(i as varchar), 9, '0') as shipment_id,
    date '2025-03-10' + cast(day_hash % 7 as int) as arrival_date,
    case spelling
        when 1 then upper(first_name || ' ' || last_name)
        when 2 then left(first_name, 1) || ' ' || last_name
        when 3 then last_name || ', ' || first_name
        when 4 then first_name || ' ' || middle || '. ' || last_name
        else first_name || ' ' || middle || ' ' || last_name
    end as consignee_name,
    case when p % 1000 = 0 then '4283 Express Lane' else
        cast(house as varchar) || ' ' || street || ' '
        || case when spelling = 3 then case kind when 'St' then 'Street' when 'Ave' then 'Avenue' else kind end
            else kind end
        || case when unit is null then '' when spelling = 4 then ' #' || unit else ' Apt ' || unit end
    end as consignee_address,
    case when p % 1000 = 0 then 'Suite ' || cast(1 + a % 40000 as varchar) end as consignee_address2,
    case when p % 1000 = 0 then '34249' else cast(zip as varchar) end as consignee_postal_code,
    'US' as consignee_country,
    case when (a >> 40) % 3 > 0 and spelling <> 2
        then cast(2000000000 + (a >> 20) % 7999999999 as varchar) end as consignee_phone,
    printf('%.2f', case
        when is_scheme then 210 + (h % 58000) / 100.0
        else least(2400, 3 + exp(
            2.95 + 1.1 * sqrt(-2 * ln((1 + h % 999983) / 999984.0)) * cos(2 * pi() * (k % 99991) / 99991.0)
        ))
    end) as declared_value,
    'USD' as currency,
    '86' as entry_type,
    list_extract(['air', 'air', 'air', 'truck', 'mail'], 1 + cast((h >> 20) % 5 as int)) as mode,
    list_extract(['CN', 'CN', 'CN', 'HK', 'VN', 'DE', 'JP', 'GB', 'CA', 'MX'], 1 + cast((h >> 26) % 10 as int))
        as origin_country,
    list_extract(['AB', 'CD', 'EF', 'GH', 'JK'], 1 + cast((k >> 20) % 5 as int)) as carrier_code,
    'S' || cast(k % 20000 as varchar) as seller_id
from written
"""


def make_week(file: Path, shipments: int, seed: int = 7) -> None:
    """Write a week of shipments, Parquet or CSV by the file's ending.

    Parameters
    ----------
    file : Path
        Where to.
    shipments : int
        How many.
    seed : int, default=7
        Of the hashes.
    """
    words = (_GIVEN, _FAMILY, _STREETS, _ONSETS, _MIDDLES, _ENDS)
    names = ("given", "family", "street", "onset", "middle_part", "ending")
    lists = {name: text.split() for name, text in zip(names, words, strict=True)}
    asked = _ROWS.format(
        seed=seed,
        begin=0,
        end=shipments,
        persons=max(1, int(shipments * 0.40)),
        **{f"{name}_count": len(found) for name, found in lists.items()},
        **{name: str(found) for name, found in lists.items()},
    )
    form = "(format parquet, compression zstd)" if file.suffix == ".parquet" else "(format csv, header)"
    with duckdb.connect(config={"memory_limit": "4GB", "threads": 2}) as connection:
        connection.execute(f"copy ({asked}) to '{file}' {form}")
