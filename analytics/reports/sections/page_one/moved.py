"""How the figure of the week before came to that of this week: what revised it since it was printed, what is new.

The week before is taken as it stood after the last run that knew nothing of this week. What later runs changed of it
is in ``run_changes``, with its cause. Flags are exact; the value of a flag that changed or is gone is that of its
shipments, since what it put at issue is no longer on record.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

import polars as pl

from analytics.days import day_of_event
from analytics.errors import UnknownTable
from analytics.reports.headline import value_at_issue
from analytics.reports.periods import Period
from analytics.reports.section import Contents
from analytics.reports.tables import Store, Tables, is_lead
from analytics.reports.wording import name_of
from analytics.typologies.registry import typology as find_typology
from analytics.wording.moves import Moved, Step

__all__ = ["counted_changes", "measure_moved", "revised_by_cause"]

_CAUSES = ("late_data", "identity", "judgements", "rules", "settings", "program", "others")
_NONE = Decimal(0)


@dataclass(frozen=True)
class _Printed:
    """The run after which the week before was printed, and the changes of later runs that totals count."""

    on: date | None
    changes: pl.DataFrame


def measure_moved(contents: Contents) -> Moved:
    """Take the steps from the week before to this one.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    tables, period = contents.tables, contents.period
    before = contents.headline.before
    if before is None:
        return Moved((), None, period.noun)
    printed = _printed(contents)
    revised = list(_revisions(tables, printed, period.back(1)))
    flags, usd = before.flags, before.value.base
    steps = []
    if printed.on is not None:
        then = sum(step.flags for step in revised), sum((step.usd for step in revised), _NONE)
        steps = [Step("printed", "", "", flags - then[0], usd - then[1]), *revised]
    steps.append(Step("before", "", "", flags, usd))
    steps += _led_on(tables, printed, period)
    now = contents.headline.now
    return Moved((*steps, Step("now", "", "", now.flags, now.value.base)), printed.on, period.noun)


def _printed(contents: Contents) -> _Printed:
    """Find the last run that knew the week before and nothing of this one."""
    tables, period = contents.tables, contents.period
    runs = tables.runs.sort("finished_at", "run_id")
    first_now, first_before = (_first_run(runs, tables, span) for span in (period, period.back(1)))
    changes = counted_changes(contents.store, tables)
    if first_now is None or first_before is None or first_before >= first_now:
        return _Printed(None, changes.clear())
    later = runs["run_id"][first_now:]
    finished = day_of_event(str(runs["finished_at"][first_now - 1]))
    return _Printed(finished, changes.filter(pl.col("run_id").is_in(later.implode())))


def _first_run(runs: pl.DataFrame, tables: Tables, span: Period) -> int | None:
    """Return the place of the first run that read a file with shipments of a span."""
    arrived = tables.shipments.filter(span.holds("arrival_date"))
    files = set(arrived.select(pl.col("source_file").unique()).collect()["source_file"])
    for place, inputs in enumerate(runs["inputs"]):
        if files & {entry["path"] for entry in json.loads(inputs) if not entry.get("skipped")}:
            return place
    return None


_CHANGES: dict[str, Any] = {
    **dict.fromkeys(("run_id", "flag_id", "typology", "change", "cause"), pl.String),
    "usd_change": pl.Decimal(18, 2),
    "window_end": pl.Date,
}  # fmt: skip


def _revisions(tables: Tables, printed: _Printed, before: Period) -> Iterator[Step]:
    """Yield by cause what runs changed of the week before after it was printed."""
    changed = printed.changes.filter(before.holds("window_end"))
    return revised_by_cause(tables, changed.with_columns(cause=pl.col("cause").replace("new_data", "late_data")))


def revised_by_cause(tables: Tables, changes: pl.DataFrame) -> Iterator[Step]:
    """Yield by cause what runs changed of the flags that totals count.

    Parameters
    ----------
    tables : Tables
        Of the store as it is now.
    changes : polars.DataFrame
        Rows of ``run_changes``.
    """
    for cause in ("new_data", *_CAUSES):
        rows = changes.filter(pl.col("cause") == cause)
        come, gone = (rows.filter(pl.col("change") == change)["flag_id"] for change in ("appeared", "gone"))
        if rows.height:
            new = tables.flags.join(come.to_frame().unique(), on="flag_id", how="semi")
            other = rows.filter(pl.col("change") != "appeared")["usd_change"].sum() or _NONE
            yield Step("then", cause, "", len(come) - len(gone), _at_issue(tables, new) + Decimal(other))


def counted_changes(store: Store, tables: Tables) -> pl.DataFrame:
    """Return ``run_changes`` of the flags that totals count; nothing of a store of an earlier version.

    Parameters
    ----------
    store : Store
        Where the table is.
    tables : Tables
        Of that store.
    """
    try:
        changes = store.table("run_changes").collect()
    except UnknownTable:
        changes = pl.DataFrame()
    if "window_end" not in changes.columns:
        return pl.DataFrame(schema=_CHANGES)
    return changes.filter(pl.col("window_end").is_not_null(), ~is_lead(tables.typologies)).select(list(_CHANGES))


def _led_on(tables: Tables, printed: _Printed, period: Period) -> Iterator[Step]:
    """Yield by typology what is new this week against the week before, then by cause what is there for another reason.

    Each part is what it adds to the value at issue of those before it, so that the steps add up.
    """
    then, now = (_of(tables, span) for span in (period.back(1), period))
    appeared = printed.changes.filter(pl.col("change") == "appeared", pl.col("cause") != "new_data")
    causes = now.join(appeared.unique("flag_id", keep="last").select("flag_id", "cause"), on="flag_id", how="left")
    fresh = causes.filter(pl.col("cause").is_null())
    added = dict(_by_kind(tables, fresh))
    left = dict(_by_kind(tables, then))
    for name in sorted(added.keys() | left.keys()):
        flags, usd = added.get(name, (0, _NONE))
        flags_then, usd_then = left.get(name, (0, _NONE))
        noun = find_typology(name).noun[1]
        yield Step("new", "new_data", name_of(name), flags - flags_then, usd - usd_then, flags_then, usd_then, noun)
    seen = fresh
    for cause in _CAUSES:
        rows = causes.filter(pl.col("cause") == cause)
        if rows.height:
            usd = _at_issue(tables, pl.concat([seen, rows])) - _at_issue(tables, seen)
            yield Step("new", cause, "", rows.height, usd)
            seen = pl.concat([seen, rows])


def _by_kind(tables: Tables, flags: pl.DataFrame) -> Iterator[tuple[str, tuple[int, Decimal]]]:
    """Yield each typology with its flags and what it adds to the value at issue of those before it."""
    seen = flags.clear()
    for (name,), rows in flags.sort("typology", "flag_id").group_by("typology", maintain_order=True):
        grown = pl.concat([seen, rows])
        yield str(name), (rows.height, _at_issue(tables, grown) - _at_issue(tables, seen))
        seen = grown


def _of(tables: Tables, span: Period) -> pl.DataFrame:
    return tables.flags.filter(span.holds("window_end"))


def _at_issue(tables: Tables, flags: pl.DataFrame) -> Decimal:
    return value_at_issue(flags, tables.flagged).base
