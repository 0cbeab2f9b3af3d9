"""The calendar as a strip of days, a table in date order and a sheet."""

from __future__ import annotations

from collections.abc import Sequence

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.section import Table
from analytics.reports.sections.calendar.measures import REACH, Calendar
from analytics.reports.theme import ACCENT, ALERT, INK, MUTED
from analytics.reports.wording import day
from analytics.wording.calendar import KINDS, calendar_text, distance_words, entry_words, kind_of

__all__ = ["brief_of", "charts_of", "sheets_of", "tables_of"]

_NEXT = 5
_COLORS = dict(zip(KINDS, (ACCENT, ALERT, MUTED, INK), strict=True))


def charts_of(it: Calendar | None) -> Sequence[Chart]:
    """Draw the days within reach as strokes, one lane a kind.

    Parameters
    ----------
    it : Calendar or None
        What was measured.
    """
    near = [] if it is None else [entry for entry in it.entries if abs((entry.on - it.today).days) <= REACH]
    if it is None or not near:
        return ()
    lanes = {kind: [entry for entry in near if kind_of(entry.what) == kind] for kind in reversed(KINDS)}
    series = [
        Series(
            "points",
            [kind] * len(entries),
            [(entry.on - it.today).days for entry in entries],
            _COLORS[kind],
            words=[f"{day(entry.on)}<br>{kind}" for entry in entries],
        )
        for kind, entries in lanes.items()
        if entries
    ]
    return (
        Chart(
            key="calendar",
            label="Days around the report",
            text=calendar_text(len(near), sum(entry.on >= it.today for entry in near), it.today, REACH),
            series=series,
            across=Axis("whole", title=f"Days before and after {day(it.today)}", ends=(-REACH - 3, REACH + 3)),
            height=96 + 30 * len(series),
            is_lying=True,
            has_legend=False,
        ),
    )


def tables_of(it: Calendar | None) -> Sequence[Table]:
    """Return the days as a table in date order.

    Parameters
    ----------
    it : Calendar or None
        What was measured.
    """
    if it is None or not it.entries:
        return ()
    rows = [
        [str(entry.on), distance_words(entry.on, it.today), kind_of(entry.what), entry_words(entry), entry.source]
        for entry in it.entries
    ]
    return (Table(("Day", "From today", "Kind", "What", "Source"), rows, "In date order"),)


def brief_of(it: Calendar | None) -> Sequence[Table]:
    """Return the next days to come.

    Parameters
    ----------
    it : Calendar or None
        What was measured.
    """
    coming = [] if it is None else [entry for entry in it.entries if entry.on >= it.today]
    rows = [[day(entry.on), kind_of(entry.what), entry_words(entry)] for entry in coming[:_NEXT]]
    return (Table(("Day", "Kind", "What"), rows, "Days to come"),) if rows else ()


def sheets_of(it: Calendar | None) -> dict[str, pl.DataFrame]:
    """Return the days as a sheet.

    Parameters
    ----------
    it : Calendar or None
        What was measured.
    """
    rows = [] if it is None else [(e.on, kind_of(e.what), entry_words(e), e.source) for e in it.entries]
    schema = {"on": pl.Date, "kind": pl.String, "what": pl.String, "source": pl.String}
    return {"calendar": pl.DataFrame(rows, schema=schema, orient="row")}
