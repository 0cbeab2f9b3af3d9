"""The figures of the weekly report, live, with a way from each number to its cases."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

import polars as pl
from flask import Blueprint, render_template, url_for

from analytics.app import asked
from analytics.app.context import all_cases, server, store
from analytics.app.masking import shown_subject
from analytics.app.rights import may
from analytics.reports.headline import Value, measure_headline, value_at_issue
from analytics.reports.periods import Period, choose_period
from analytics.reports.sections.owed.measures import measure_owed
from analytics.reports.sections.parties import parties_to_speak_to
from analytics.reports.tables import Tables, data_days, read_tables

if TYPE_CHECKING:
    from analytics.app.context import Server
    from analytics.opened import OpenedStore

__all__ = ["cases_of_flags", "figures_of", "page", "show"]

page = Blueprint("week", __name__, url_prefix="/week")
_MOST = 100


@page.get("")
def show() -> str:
    """Show one week; which one is in the address, the last with data where none is."""
    opened = store()
    period = choose_period(opened, week=asked.text("week"))
    tables = _tables(server(), opened)
    figures = figures_of(server(), opened, period)
    cases = cases_of_flags(all_cases())
    flags = tables.flags.filter(period.holds("window_end"))
    ranked = flags.sort("base_usd", "flag_id", descending=[True, False]).head(_MOST)
    return render_template(
        "week.html",
        period=period,
        before=_beside(period, 1),
        after=_beside(period, -1),
        headline=figures["headline"],
        owed=figures["owed"],
        typologies=figures["typologies"],
        strengths=figures["headline"].now.by_strength,
        parties=figures["parties"],
        flags=ranked.rows(named=True),
        total=flags.height,
        with_case=sum(flag in cases for flag in flags["flag_id"]),
        cases=cases,
        may=may,
        cases_at=lambda **asked_for: url_for(
            "queue.show", view="all", since=period.start, until=period.end, **asked_for
        ),
    )


def figures_of(shared: Server, opened: OpenedStore, period: Period) -> dict[str, Any]:
    """Return the figures of a week, computed once a run."""
    tables = _tables(shared, opened)
    found: dict[str, Any] = shared.remembered(f"week {period.label}", lambda: _figures(opened, tables, period))
    return found


def _tables(shared: Server, opened: OpenedStore) -> Tables:
    found: Tables = shared.remembered("tables", lambda: read_tables(opened))
    return found


def _figures(opened: OpenedStore, tables: Tables, period: Period) -> dict[str, Any]:
    return {
        "headline": measure_headline(tables, period),
        "owed": measure_owed(opened, tables, period),
        "typologies": list(_typologies(tables, period)),
        "parties": [
            {**row, "shown": shown_subject("seller", row["party"])}
            for row in parties_to_speak_to(tables, period).iter_rows(named=True)
        ],
    }


def _typologies(tables: Tables, period: Period) -> Iterator[tuple[str, int, Value]]:
    """Yield the typologies of a period with their flags and what these put at issue by themselves, most first."""
    in_period = tables.flags.filter(period.holds("window_end"))
    found = [
        (str(typology), rows.height, value_at_issue(rows, tables.flagged))
        for (typology,), rows in in_period.group_by("typology", maintain_order=True)
    ]
    yield from sorted(found, key=lambda row: (-row[2].base, row[0]))


def cases_of_flags(cases: pl.DataFrame) -> dict[str, str]:
    """Return the case of each flag that has one; the newest of several."""
    return {
        flag: case_id
        for case_id, flags in cases.sort("case_id").select("case_id", "flag_ids").iter_rows()
        for flag in json.loads(flags)
    }


def _beside(period: Period, steps: int) -> str | None:
    """Return the label of the week before or after, where there are data."""
    days = data_days(store())
    other = Period.of_week(period.back(1).start) if steps > 0 else period.back(-1)
    is_known = days is not None and other.end >= days[0] and other.start <= days[1]
    return other.label if is_known else None
