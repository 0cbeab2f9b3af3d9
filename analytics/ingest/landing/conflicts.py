"""A known shipment number that comes again: an amendment, or a number that now names another consignee's shipment.

One thing changed, the consignee or the day, is an amendment. Where both changed it is one only if the row says so:
``record_action`` replace, or a later ``declared_at``.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import polars as pl

from analytics.ingest.landing.crowded import RECYCLED_AFTER_DAYS
from analytics.ingest.landing.validate import reason_json
from analytics.ingest.search import Search

__all__ = ["conflicting_rows", "count_replaced"]

_SAME_NAME = 0.9
"""Jaro-Winkler similarity from which two names are taken for one consignee: a spelling that was corrected."""

_RETURNING = """
create or replace temp table coming_again as
select * from read_parquet($staged)
where
    has_own_key
    and record_action <> 'cancel'
    and hash(shipment_id) in (select key_hash from known)
    and source_line not in (select source_line from repeated)
"""

_SORTED_WORDS = "list_sort(string_split(trim(regexp_replace(lower({}), '[^\\p{{L}}\\p{{N}}]+', ' ', 'g')), ' '))"

_EARLIER = """
create or replace temp table amended as
with
earlier as (
    select * from read_parquet($earlier)
    where has_own_key and shipment_id in (select shipment_id from coming_again)
)
select
    coming_again.*,
    earlier.source_file as earlier_file,
    earlier.source_line as earlier_line,
    earlier.record_action as earlier_action,
    earlier.arrival_date as earlier_date,
    earlier.declared_at as earlier_declared_at,
    earlier.consignee_name as earlier_name,
    earlier.consignee_address as earlier_address,
    earlier.consignee_id as earlier_consignee_id,
    earlier.consignee_tax_id_hash as earlier_tax_id
from coming_again
inner join earlier on coming_again.shipment_id = earlier.shipment_id
where
    earlier.arrival_date is null
    or abs(date_diff('day', earlier.arrival_date, coming_again.arrival_date)) <= $days
qualify row_number() over (
    partition by coming_again.source_line order by earlier.input_no desc, earlier.source_line desc
) = 1
"""

_CONFLICTS = f"""
with
compared as (
    select
        *,
        coalesce(consignee_id = earlier_consignee_id, false) as is_same_id,
        coalesce(consignee_tax_id_hash = earlier_tax_id, false) as is_same_tax_id,
        array_to_string({_SORTED_WORDS.format("consignee_name")}, ' ') as name_key,
        array_to_string({_SORTED_WORDS.format("earlier_name")}, ' ') as earlier_name_key,
        array_to_string({_SORTED_WORDS.format("consignee_address")}, ' ') as address_key,
        array_to_string({_SORTED_WORDS.format("earlier_address")}, ' ') as earlier_address_key
    from amended
    where
        earlier_action <> 'cancel'
        and record_action <> 'replace'
        and arrival_date <> earlier_date
        and not coalesce(declared_at > earlier_declared_at, false)
)
select source_line, earlier_file, earlier_line from compared
where
    not is_same_id
    and not is_same_tax_id
    and coalesce(
        jaro_winkler_similarity(name_key, earlier_name_key) < $same_name,
        address_key <> earlier_address_key,
        true
    )
order by source_line
"""

_REPLACED = """
select count(*) from amended where earlier_action <> 'cancel' and source_line not in (select source_line from gone)
"""

_MESSAGE = (
    "Line {} brings this number again with another consignee and another day than line {} of {}. To amend that row, "
    'set record_action to replace or add a later declared_at. If files reuse numbers, map shipment_id = "{{file}}'
    ':{{row}}".'
)


def conflicting_rows(landed: Path, earlier: Sequence[Path], repeated: pl.Series, search: Search) -> pl.DataFrame:
    """Return source_line, code and reason (JSON text) of rows whose number names another consignee's shipment.

    Parameters
    ----------
    landed : Path
        Accepted rows of one input.
    earlier : sequence of Path
        Rows that landed before.
    repeated : Series of int
        Lines that are repeats.
    search : Search
        It knows the numbers that were handed in before; it gets the table ``amended``.
    """
    if not earlier or not _comes_again(landed, repeated, search):
        search.run("create or replace temp table amended (source_line bigint, earlier_action varchar)")
        return pl.DataFrame(schema={"source_line": pl.Int64, "code": pl.String, "reason": pl.String})
    search.run(_EARLIER, earlier=[str(file) for file in earlier], days=RECYCLED_AFTER_DAYS)
    found = search.frame(_CONFLICTS, same_name=_SAME_NAME)
    reasons = [
        reason_json("shipment_id", "key_conflict", _MESSAGE.format(f"{line:,}", f"{first:,}", file))
        for line, file, first in found.iter_rows()
    ]
    return found.select(
        pl.col("source_line").cast(pl.Int64),
        pl.lit("key_conflict").alias("code"),
        pl.Series("reason", reasons, dtype=pl.String),
    )


def _comes_again(landed: Path, repeated: pl.Series, search: Search) -> bool:
    """Make the table ``coming_again``, and tell whether it holds any row."""
    with search.table("repeated", repeated.rename("source_line").to_frame()):
        search.run(_RETURNING, staged=[str(landed)])
    return not search.frame("select 1 from coming_again limit 1").is_empty()


def count_replaced(gone: pl.Series, search: Search) -> int:
    """Return how many rows amend a shipment of an earlier input, without those that were taken out.

    Parameters
    ----------
    gone : Series of int
        Lines that are repeats or were rejected.
    search : Search
        It has the table ``amended``.
    """
    with search.table("gone", gone.rename("source_line").to_frame()):
        return int(search.frame(_REPLACED).item())
