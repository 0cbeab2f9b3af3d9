"""Data quality over time: what is missing, what is rejected, what comes late or twice."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.section import Contents, Section, Table
from analytics.reports.sections.quality_trends.measures import QualityTrends, measure_quality_trends
from analytics.reports.theme import ACCENT, FAINT, shade
from analytics.reports.wording import day, percent
from analytics.wording.arrivals import ON_LATENESS, UNTOLD, lateness_text
from analytics.wording.quality_trends import (
    AGAIN,
    FILES,
    LEAD,
    MEANINGS,
    NOTHING,
    REASONS,
    Missing,
    again_text,
    missing_text,
    spelled,
)

__all__ = ["SECTION", "late_chart", "missing_chart"]

_TILE, _ROW, _AROUND = 0.92, 26, 70
_LABELED = 4
"""Weeks are named along the axis at most so often."""
_SHOWN = 12


def missing_chart(it: QualityTrends) -> Chart:
    """Draw the share of shipments without a field as tiles, a row a field and a column a week."""
    fields = it.missing["field"].unique(maintain_order=True).to_list()
    weeks = it.missing["monday"].unique().sort().to_list()
    column, row = ({each: place for place, each in enumerate(side)} for side in (weeks, fields[::-1]))
    tiles = it.missing.rows()
    step = -(-len(weeks) // _LABELED)
    names = [
        f"{week.day} {week:%b}" if (len(weeks) - 1 - place) % step == 0 else "" for place, week in enumerate(weeks)
    ]
    return Chart(
        key="missing_fields",
        label="Missing fields by week",
        text=missing_text(_last(it), weeks[-1]),
        series=(
            Series(
                "bars",
                [column[monday] for _, monday, _, _ in tiles],
                [_TILE] * len(tiles),
                [shade(share) if share else FAINT for *_, share in tiles],
                base=[row[field] - _TILE / 2 for field, *_ in tiles],
                widths=[_TILE] * len(tiles),
                words=[
                    f"{spelled(field)}, week of {monday}<br>missing on {percent(share)} of {count:,} shipments"
                    for field, monday, count, share in tiles
                ],
            ),
        ),
        across=Axis(names=names, ends=(-0.5, len(weeks) - 0.5)),
        up=Axis(names=[spelled(field) for field in fields[::-1]], ends=(-0.5, len(fields) - 0.5), is_small=True),
        headings=("Week of", "Field", "Missing", "Of shipments"),
        rows=[
            [day(monday), spelled(field), percent(share), f"{count:,}"]
            for field, monday, count, share in it.missing.filter(pl.col("missing") > 0).sort("monday").rows()
        ],
        height=_AROUND + _ROW * len(fields),
        has_legend=False,
    )


def late_chart(it: QualityTrends) -> Chart:
    """Draw which share of shipments is in the store within so many days of arrival."""
    days, shares = it.lateness["days"].to_list(), it.lateness["share"].to_list()
    return Chart(
        key="late_arrivals",
        label="How late shipments come",
        text=f"{lateness_text(shares, it.shipments, it.runs)} {ON_LATENESS}",
        series=(
            Series(
                "line",
                days,
                shares,
                ACCENT,
                words=[f"{percent(share)} within {place} days" for place, share in zip(days, shares, strict=True)],
            ),
        ),
        across=Axis("whole", title="Days after arrival", has_zero=True),
        up=Axis("share", title="Share in the store", ends=(0, 1.02)),
        headings=("Days", "Share in the store"),
        rows=[[str(place), f"{share:.1%}"] for place, share in zip(days, shares, strict=True)],
        height=260,
        has_legend=False,
    )


def _last(it: QualityTrends) -> list[Missing]:
    found = []
    for (field,), rows in it.missing.group_by("field", maintain_order=True):
        shares = rows["missing"]
        before = shares[:-1].median()
        found.append(Missing(str(field), float(shares[-1]), float(before) if isinstance(before, float) else 1.0))
    return found


def _charts(it: QualityTrends) -> list[Chart]:
    drawn = [missing_chart(it)] if it.missing.height else []
    return [*drawn, late_chart(it)] if it.lateness.height else drawn


def _tables(it: QualityTrends) -> list[Table]:
    found = []
    if it.files.height:
        rows = [
            [file, day(on), f"{count:,}", f"{rejected:,}", percent(rejected / count), f"{repeated:,}"]
            for file, on, count, rejected, repeated in reversed(it.files.tail(_SHOWN).rows())
        ]
        headings = ("File", "Read on", "Rows", "Rejected", "Share", "Repeated")
        note = "" if it.lateness.height else UNTOLD
        found.append(Table(headings, rows, FILES, frozenset({2, 3, 4, 5}), note))
    if it.reasons.height:
        rows = [
            [day(monday), file, spelled(reason), f"{count:,}"]
            for monday, file, reason, count in it.reasons.head(_SHOWN).iter_rows()
        ]
        found.append(Table(("Week of", "File", "Reason", "Rows"), rows, REASONS, frozenset({3})))
    if it.again.height:
        rows = [[file, day(on)] for file, on in it.again.tail(_SHOWN).iter_rows()]
        found.append(Table(("File", "Handed in"), rows, AGAIN, note=again_text(it.again.height)))
    return found


def _sheets(it: QualityTrends, _: Contents) -> Mapping[str, pl.DataFrame]:
    return {"missing_fields": it.missing}


SECTION: Section[QualityTrends] = Section(
    key="quality_trends",
    place=112,
    title="Data quality over time",
    lead=LEAD,
    measure=measure_quality_trends,
    charts=_charts,
    draws={
        "missing_fields": "fields that are missing, by week",
        "late_arrivals": "how many days after arrival shipments come in",
    },
    tables=_tables,
    sheets=_sheets,
    meanings=MEANINGS,
    empty=lambda _: NOTHING,
)
