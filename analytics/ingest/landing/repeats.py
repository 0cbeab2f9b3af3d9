"""Repeats: rows whose key and content were handed in before; equal content hashes say so.

The search reads hashes, not rows, and DuckDB spills where they outgrow memory. Numbers are grouped before texts: a row
whose number is like no other's is like no other.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from analytics.ingest.search import Search

__all__ = ["CIRCUMSTANCES", "Staged", "count_keyless_twins", "forget", "remember", "repeated_rows"]

CIRCUMSTANCES = ("two_versions", "lines_disagree", "key_conflict", "currency_without_rate")
"""Reasons that lie in what stands beside a row: the same row may be accepted another time."""

_REPEATED = """
with
keyed as (
    select staged.source_line, coalesce(line_hashes.content_hash, staged.content_hash) as content_hash
    from read_parquet($staged) as staged
    left join line_hashes on staged.source_line = line_hashes.source_line
),
suspects as (select hash(content_hash) as content_number from keyed group by content_number having count(*) > 1),
twins as (
    select source_line, row_number() over (partition by content_hash order by source_line) as place from keyed
    where hash(content_hash) in (select content_number from suspects)
)
select source_line from twins where place > 1
union
select keyed.source_line from keyed inner join known on keyed.content_hash = known.content_hash
order by source_line
"""

_REMEMBER_NOTHING = "create or replace temp table known (content_hash varchar, key_hash ubigint)"

_REMEMBER_LANDED = """
insert into known
select content_hash, case when has_own_key then hash(shipment_id) end from read_parquet($files)
"""

_REMEMBER_REJECTED = """
insert into known
select content_hash, null from read_parquet($files)
where len(list_filter(json_extract_string(reasons, '$[*].reason'), lambda reason: reason not in $circumstances)) > 0
"""

_TWINS = """
select coalesce(sum(found), 0) from (
    select count(*) as found from read_parquet($staged)
    where not has_own_key
    group by
        arrival_date, declared_value, currency, consignee_id, consignee_name, consignee_address, order_id, seller_id
    having count(*) > 1
)
"""


@dataclass(frozen=True)
class Staged:
    """The rows of one input before they are held against others: files of accepted and of rejected rows, if any.

    ``unread`` lists the cells of accepted rows that could not be read.
    """

    landed: Path | None
    rejected: Path | None
    unread: Path | None = None

    @property
    def files(self) -> list[Path]:
        """The files there are."""
        return [file for file in (self.landed, self.rejected) if file is not None]


def forget(search: Search) -> None:
    """Begin with nothing known."""
    search.run(_REMEMBER_NOTHING)


def remember(search: Search, landed: Sequence[Path], rejected: Sequence[Path]) -> None:
    """Make rows known, so that equal ones handed in later are repeats.

    A row that was rejected for what stood beside it, and not for what it says itself, is not remembered: handed in
    again with the other row gone, or the rate given, it may be accepted.

    Parameters
    ----------
    search : Search
        Where the search runs.
    landed, rejected : sequence of Path
        Files of accepted and of rejected rows.
    """
    if landed:
        search.run(_REMEMBER_LANDED, files=[str(file) for file in landed])
    if rejected:
        files = [str(file) for file in rejected]
        search.run(_REMEMBER_REJECTED, files=files, circumstances=list(CIRCUMSTANCES))


def repeated_rows(staged: Staged, search: Search) -> pl.Series:
    """Return the lines of an input whose key and content stand above them, or were handed in before.

    Parameters
    ----------
    staged : Staged
        The rows of one input.
    search : Search
        It knows what `remember` told it, and has the table ``line_hashes`` of `analytics.ingest.landing.lines`.
    """
    if not staged.files:
        return pl.Series("source_line", [], dtype=pl.Int64)
    return search.frame(_REPEATED, staged=[str(file) for file in staged.files])["source_line"].cast(pl.Int64)


def count_keyless_twins(staged: Staged, search: Search) -> int:
    """Return how many rows without a key of their own say the same as another such row; they are kept and reported."""
    if staged.landed is None:
        return 0
    return int(search.frame(_TWINS, staged=[str(staged.landed)]).item())
