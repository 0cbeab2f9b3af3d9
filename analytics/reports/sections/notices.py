"""Notices of customs against our flags, two by two: what both saw, what one saw alone, and why."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from analytics.reconciliation import Reconciliation, reconcile
from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.theme import ACCENT, ALERT, QUIET
from analytics.reports.wording import day
from analytics.wording.notices import NO_NOTICE_YET, missed_title, square_text

__all__ = ["SECTION", "Noticed", "measure_notices"]

_SHOWN = 20
_SQUARE = ("both", "ours_only", "theirs_only", "neither")
_DRAWN = (("both", "Flagged and noticed", ACCENT), ("ours_only", "Flagged only", QUIET))
_MISSED_BY_US = ("bill", "code", "notice_date", "shipment_id", "arrival_date", "why")
_MISSED_BY_THEM = ("flag_id", "shipment_id", "arrival_date", "mode", "why")


@dataclass(frozen=True)
class Noticed:
    """The thirteen weeks up to the end of the period, by day of arrival.

    Attributes
    ----------
    span : Period
        Those weeks.
    weeks : polars.DataFrame
        Shipments that claimed the exemption, by week of arrival: ``monday``, ``both`` flagged and noticed,
        ``ours_only``, ``theirs_only``, ``neither``.
    missed_by_us : polars.DataFrame
        Notices without a flag, with why; a bill that is not in the data stands on the day of its notice.
    missed_by_them : polars.DataFrame
        Flagged shipments without a notice, with why.
    codes : polars.DataFrame
        One row a code of all notices: ``code``, ``notices``, ``out_of_use``, ``effect``, ``meaning``.
    """

    span: Period
    weeks: pl.DataFrame
    missed_by_us: pl.DataFrame
    missed_by_them: pl.DataFrame
    codes: pl.DataFrame


def measure_notices(contents: Contents) -> Noticed | None:
    """Hold flags against notices; None where the store has no notice.

    Parameters
    ----------
    contents : Contents
        What the report is made from.
    """
    found = reconcile(contents.store)
    return None if found is None else _within(found, contents.period.quarter)


def _within(found: Reconciliation, span: Period) -> Noticed:
    told_on = pl.coalesce("arrival_date", "notice_date")
    return Noticed(
        span=span,
        weeks=found.weeks.filter(span.holds("monday")),
        missed_by_us=found.missed_by_us.filter(told_on.is_between(span.start, span.end)).select(_MISSED_BY_US),
        missed_by_them=found.missed_by_them.filter(span.holds("arrival_date")).select(_MISSED_BY_THEM),
        codes=found.codes.select("code", "notices", "out_of_use", "effect", "meaning"),
    )


def _charts(it: Noticed | None) -> Sequence[Chart]:
    """Draw what was flagged or noticed by week; what neither saw is in the table."""
    if it is None or it.weeks.is_empty():
        return ()
    weeks = [str(monday) for monday in it.weeks["monday"]]
    drawn = (*_DRAWN, ("theirs_only", "Noticed only", ALERT))
    words = [
        f"Week of {row['monday']}<br>{row['both']:,} both, {row['ours_only']:,} flagged only, "
        f"{row['theirs_only']:,} noticed only, {row['neither']:,} neither"
        for row in it.weeks.iter_rows(named=True)
    ]
    counts = [int(it.weeks[name].sum()) for name in _SQUARE]
    return (
        Chart(
            key="notices",
            label="Flags and notices by week of arrival",
            text=square_text(it.span.start, it.span.end, *counts),
            series=[
                Series("bars", weeks, it.weeks[name].to_list(), color, title, words=words)
                for name, title, color in drawn
            ],
            across=Axis("week", ticks=weeks),
            up=Axis("whole", has_zero=True),
            headings=("Week of", "Both", "Flagged only", "Noticed only", "Neither"),
            rows=[[day(monday), *(f"{count:,}" for count in row)] for monday, *row in it.weeks.iter_rows()],
            bars="stack",
            gap=0.3,
        ),
    )


def _tables(it: Noticed | None) -> Sequence[Table]:
    if it is None:
        return ()
    both, ours, theirs, neither = (f"{it.weeks[name].sum():,}" for name in _SQUARE)
    square = Table(
        ("Screening", "Noticed", "Not noticed"),
        [["Flagged", both, ours], ["Not flagged", theirs, neither]],
        "Shipments that claimed the exemption",
        frozenset({1, 2}),
    )
    return [
        square,
        *_missed("Noticed and not flagged", it.missed_by_us, ("Bill", "Code", "Noticed", "Shipment", "Arrived", "Why")),
        *_missed("Flagged and not noticed", it.missed_by_them, ("Flag", "Shipment", "Arrived", "Mode", "Why")),
        *_codes(it.codes),
    ]


def _missed(title: str, missed: pl.DataFrame, headings: Sequence[str]) -> list[Table]:
    if missed.is_empty():
        return []
    rows = [[None if cell is None else str(cell) for cell in row] for row in missed.head(_SHOWN).iter_rows()]
    return [Table(headings, rows, missed_title(title, missed.height, _SHOWN))]


def _codes(codes: pl.DataFrame) -> list[Table]:
    rows = [
        [row["code"], f"{row['notices']:,}", f"{row['out_of_use']:,}", row["effect"], row["meaning"]]
        for row in codes.iter_rows(named=True)
    ]
    headings = ("Code", "Notices", "Outside its known days", "Effect", "Meaning")
    return [Table(headings, rows, "Codes of all notices", frozenset({1, 2}))]


def _sheets(it: Noticed | None, _: Contents) -> dict[str, pl.DataFrame]:
    if it is None:
        return {}
    return {"notices_by_week": it.weeks, "noticed_only": it.missed_by_us, "flagged_only": it.missed_by_them}


SECTION: Section[Noticed | None] = Section(
    key="notices",
    place=107,
    title="Notices against flags",
    lead=(
        "Daily limit flags beside the notices of customs, shipment by shipment, for the arrivals of the last thirteen "
        "weeks. A notice is found by house bill, else by shipment number. Explained flags are left out."
    ),
    measure=measure_notices,
    charts=_charts,
    draws={"notices": "notices of customs against flags"},
    tables=_tables,
    sheets=_sheets,
    empty=lambda _: NO_NOTICE_YET,
    meanings={
        "monday": "First day of the week of arrival",
        "both": "Shipments flagged and noticed",
        "ours_only": "Shipments flagged and not noticed",
        "theirs_only": "Shipments noticed and not flagged",
        "neither": "Shipments neither flagged nor noticed",
        "bill": "The bill, as the notice gives it",
        "code": "The code of the notice",
        "notice_date": "The day of the notice",
        "flag_id": "The flag",
        "shipment_id": "The shipment",
        "arrival_date": "The day of arrival",
        "mode": "Mode of transport",
        "why": "What may explain the miss",
    },
)
