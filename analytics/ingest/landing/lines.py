"""Several rows under one shipment number without a line number: lines of the shipment, or repeats of one row.

Rows that differ, with one consignee and day, are lines; then equal ones are lines too. Where an input holds equal rows
only, both readings are possible: the mapping decides (``rows``), else the run asks where a limit may be passed.

The lines of a shipment are told from those of another by a hash of all of them together, so that the same shipment in
a later file is a repeat as a whole, and one with another line is another version.
"""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.ingest.landing.crossing import Context, crossing_rows
from analytics.ingest.landing.crowded import AGREED_ON
from analytics.ingest.landing.repeats import Staged
from analytics.ingest.questions import Question, as_error
from analytics.ingest.search import Search

__all__ = ["choose_lines", "rows_beyond_totals"]

_FEWEST_TOTALS = 2
"""Shipments whose every row has one value, from which on the value may be the shipment's total."""
_CLEAR_SHARE = 10
"""Shipments with differing rows vouch for at most so many times as many shipments with equal rows only."""

_SETS = f"""
create or replace temp table line_sets as
with
numbered as (select distinct shipment_id, episode from crowded where line_no is not null)
select
    crowded.shipment_id,
    crowded.episode,
    crowded.declared_at,
    crowded.record_action,
    count(*) as row_count,
    count(distinct crowded.content_hash) as contents,
    false as is_settled
from crowded
left join numbered on crowded.shipment_id = numbered.shipment_id and crowded.episode = numbered.episode
where crowded.line_no is null and crowded.record_action <> 'cancel' and numbered.shipment_id is null
group by crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.record_action
having count(*) > 1 and {" and ".join(f"count(distinct crowded.{column}) <= 1" for column in AGREED_ON)}
"""

_HASH_LINES = """
create or replace temp table line_hashes as
with
members as (
    select
        crowded.source_line,
        crowded.content_hash,
        hash(crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.record_action) as set_hash,
        case when $is_lines or line_sets.is_settled then row_number() over (
            partition by
                crowded.shipment_id, crowded.episode, crowded.declared_at, crowded.record_action, crowded.content_hash
            order by crowded.source_line
        ) else 1 end as equal_no
    from crowded
    inner join line_sets on
        crowded.shipment_id = line_sets.shipment_id
        and crowded.episode = line_sets.episode
        and crowded.declared_at is not distinct from line_sets.declared_at
        and crowded.record_action = line_sets.record_action
    where crowded.line_no is null and ($is_lines or line_sets.is_settled or line_sets.contents > 1)
),
distinct_members as (select distinct set_hash, content_hash, equal_no from members),
digests as (
    select set_hash, string_agg(content_hash || equal_no, ',' order by content_hash, equal_no) as said
    from distinct_members
    group by set_hash
)
select
    members.source_line,
    left(sha256(members.content_hash || ':' || members.equal_no || ':' || digests.said), 32) as content_hash
from members
inner join digests on members.set_hash = digests.set_hash
order by members.source_line
"""

_SETTLE = """
update line_sets set is_settled = true
where exists (
    select 1 from crowded
    inner join line_hashes on crowded.source_line = line_hashes.source_line
    inner join known on line_hashes.content_hash = known.content_hash
    where crowded.shipment_id = line_sets.shipment_id
)
"""

_EVIDENCE = """
select
    count(*) filter (where contents > 1) as unlike,
    count(*) filter (where contents = 1 and not is_settled) as alike,
    count(*) filter (where row_count > contents and not is_settled) as doubled
from line_sets
"""

_TOTALS = """
with
shipments as (
    select shipment_id, count(distinct content_hash) as contents, count(distinct declared_value) as amounts
    from crowded
    where record_action <> 'cancel' and declared_value > 0
    group by shipment_id, episode, declared_at
)
select
    count(distinct shipment_id) filter (where amounts = 1) as equal,
    count(distinct shipment_id) filter (where amounts > 1) as unequal
from shipments
where contents > 1
"""

_BEYOND_FIRST = """
select source_line from crowded
where record_action <> 'cancel'
qualify row_number() over (
    partition by shipment_id, episode, declared_at, declared_value order by source_line
) > 1
order by source_line
"""

_ALL_TWICE = """
select coalesce(min(found), 0) > 1 as is_twice from (
    select count(*) as found from read_parquet($staged) group by content_hash
)
"""


@dataclass(frozen=True)
class _Evidence:
    """Shipments with differing rows, with equal rows only, and with some equal rows."""

    unlike: int
    alike: int
    doubled: int
    is_all_twice: bool

    @property
    def speaks_for_lines(self) -> bool:
        return self.unlike > 0 and self.alike <= _CLEAR_SHARE * self.unlike and not self.is_all_twice


def choose_lines(name: str, staged: Staged, context: Context, search: Search) -> list[str]:
    """Decide which rows of an input are lines, and make the table ``line_hashes``: source_line, content_hash.

    Parameters
    ----------
    name : str
        The input, for the question.
    staged : Staged
        Its rows; ``crowded`` holds those that share a shipment number.
    context : Context
        What the mapping says, and what a shipment or a day may not pass unasked.
    search : Search
        Where the tables are.

    Returns
    -------
    list of str
        What was decided, for the notes.

    Raises
    ------
    AmbiguousInput
        Equal rows may be lines or repeats, and a limit depends on it; or the value may be the shipment's total.
    """
    search.run(_SETS)
    search.run(_HASH_LINES, is_lines=True)
    search.run(_SETTLE)
    evidence = _evidence(staged, search)
    rows = context.rows
    is_lines = rows == "lines" or (rows is None and evidence.speaks_for_lines)
    if evidence.doubled and rows is None and not is_lines:
        _ask_where_it_matters(name, staged, context, search)
    if rows is None:
        _ask_about_totals(name, search)
    search.run(_HASH_LINES, is_lines=is_lines)
    if rows == "totals":
        return []
    return _notes(evidence, is_lines=is_lines, is_given=rows is not None)


def rows_beyond_totals(search: Search) -> pl.Series:
    """Return the lines that say the total of a shipment again; one row with it counts.

    Parameters
    ----------
    search : Search
        It has the table ``crowded``.
    """
    return search.frame(_BEYOND_FIRST)["source_line"].cast(pl.Int64)


def _ask_about_totals(name: str, search: Search) -> None:
    equal, unequal = (int(count) for count in search.frame(_TOTALS).row(0))
    if equal >= _FEWEST_TOTALS and not unequal:
        text = (
            f"{equal:,} shipments have several rows that differ, and each has one and the same value on all of its "
            "rows. If that is the total of the shipment, one row counts; if it is the value of each row, they add up"
        )
        raise as_error(name, [Question("rows", text, ('rows = "totals"', 'rows = "lines"'))])


def _evidence(staged: Staged, search: Search) -> _Evidence:
    unlike, alike, doubled = (int(count) for count in search.frame(_EVIDENCE).row(0))
    is_all_twice = False
    if unlike and doubled:
        is_all_twice = bool(search.frame(_ALL_TWICE, staged=[str(staged.landed)]).item())
    return _Evidence(unlike, alike, doubled, is_all_twice)


def _ask_where_it_matters(name: str, staged: Staged, context: Context, search: Search) -> None:
    found = crossing_rows(staged, context, search)
    if found:
        at = ", ".join(f"{line:,}" for line in found[:3]) + (", …" if len(found) > len(found[:3]) else "")
        text = (
            f"{len(found):,} shipments have equal rows without a line number (at line {at}). If each row is a line, "
            "their values add up and may pass a limit; if the rows are repeats, one of them counts"
        )
        raise as_error(name, [Question("rows", text, ('rows = "lines"', 'rows = "repeats"'))])


def _notes(evidence: _Evidence, *, is_lines: bool, is_given: bool) -> list[str]:
    told = "as the mapping says" if is_given else 'rows = "{}" in a mapping file reads them otherwise'
    notes = []
    if evidence.unlike:
        notes.append(f"{evidence.unlike:,} shipments have several rows without a line number: each row is a line")
    if evidence.doubled:
        taken, other = ("lines", "repeats") if is_lines else ("repeats", "lines")
        notes.append(f"{evidence.doubled:,} shipments have equal rows: taken for {taken}, {told.format(other)}")
    return notes
