"""The measures in words: the bottom line, the strip of figures, and what each chart shows."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.reports.headline import Kpi, Window
from analytics.reports.law import HEADLINES
from analytics.reports.measures import Measures
from analytics.reports.wording import DASH, counted, days, dollars, listed, money, name_of, percent

__all__ = [
    "Tile",
    "bottom_line",
    "decisions",
    "limits_in_force",
    "tiles",
]

_TILES = {
    "flags": ("Flags", "whose last day is in the period"),
    "value": ("Value at issue", "each shipment counted once"),
    "recipients": ("Recipients flagged", "distinct identities"),
    "rate": ("Per 1,000 shipments", "shipments in a flag"),
    "repeat": ("Flagged before", "recipients also flagged in the eight before"),
    "hidden": ("Not seen by exact match", "name and address as written would not show it"),
}


_EXCLUDED = re.compile(r"NOT\((.*)\)")


@dataclass(frozen=True)
class Tile:
    """One figure of the strip, in words."""

    label: str
    figure: str
    note: str
    before: str
    usual: str
    spark: str
    spark_end: tuple[float, float] | None


def bottom_line(measures: Measures) -> list[str]:
    """Return three to five sentences with the numbers that matter."""
    now = measures.headline.now
    span = days(measures.period.start, measures.period.end)
    if not now.shipments and not now.flags:
        return [f"No shipment arrived in {span}, as far as the data of this store go.", _coverage(measures)]
    lines = [_what_was_found(now, span)]
    if now.flags:
        lines.append(_what_is_at_issue(now, measures.headline.before, measures.tables.reading))
        lines.append(_who(now))
        if now.hidden_flags:
            lines.append(
                f"Not seen by comparing names and addresses as they are written: {now.hidden_flags:,} of "
                f"{counted(now.compared_flags, 'flag')} about one recipient; section 5 shows how they differ."
            )
    lines.append(_what_is_missing(measures))
    return [line for line in lines if line]


def _what_was_found(now: Window, span: str) -> str:
    found = counted(now.flags, "flag")
    arrived = counted(now.shipments, "shipment")
    if not now.flags:
        return f"{span}: {found}, on {arrived}."
    return f"{span}: {found}, on {counted(now.flagged_shipments, 'shipment')} of {now.shipments:,} that arrived."


def _what_is_at_issue(now: Window, before: Window | None, reading: str) -> str:
    value = now.value
    text = f"At issue: {dollars(value.base)} if {HEADLINES[reading]}"
    if value.floor != value.ceiling:
        text += f", between {dollars(value.floor)} and {dollars(value.ceiling)} over the readings of the law"
    if before is None:
        return f"{text}."
    return f"{text}; the {now.period.noun} before it was {dollars(before.value.base)}."


def _who(now: Window) -> str:
    if not now.recipients:
        return ""
    text = f"Behind them: {counted(now.recipients, 'recipient')}"
    again = f"{now.repeat_recipients:,}" if now.repeat_recipients else "none"
    return f"{text}, {again} of them also flagged in the eight {now.period.noun}s before."


def _what_is_missing(measures: Measures) -> str:
    untested = measures.tables.typology_status.filter(pl.col("tested") != "yes")
    parts = [f"{name_of(row['typology'])} ({row['tested']})" for row in untested.iter_rows(named=True)]
    unknown = measures.headline.now.unknown_flags
    if unknown:
        parts.append(f"part of the exposure of {counted(unknown, 'flag')}")
    return f"Not known: {listed(parts)}." if parts else ""


def _coverage(measures: Measures) -> str:
    if measures.data_days is None:
        return "It holds no shipment at all."
    return f"It covers {days(*measures.data_days)}."


def decisions(measures: Measures) -> list[str]:
    """Return what a reader is asked to decide, at most three points."""
    now = measures.headline.now
    points = []
    if measures.parties.height:
        first = measures.parties.row(0, named=True)
        points.append(
            f"Whether to speak to {first['role']} {first['name'] or first['party']}: {first['flagged']:,} of its "
            f"{first['shipments']:,} shipments of the last eight weeks stand in flags (section 6)."
        )
    if now.hidden_flags:
        points.append("Whether the identities of section 5 hold: look at them before anybody is written to.")
    if now.repeat_recipients:
        points.append(
            f"What is to happen with {counted(now.repeat_recipients, 'recipient')} flagged again (section 7)."
        )
    return points


def tiles(kpis: list[Kpi]) -> list[Tile]:
    """Return the strip of figures, each beside the span before and the median of eight."""
    return [_tile(kpi) for kpi in kpis]


def _tile(kpi: Kpi) -> Tile:
    label, note = _TILES[kpi.key]
    points = _spark_points(kpi.history)
    return Tile(
        label=label,
        figure=_figure(kpi.key, kpi.now),
        note=note,
        before=_figure(kpi.key, kpi.before),
        usual=_figure(kpi.key, kpi.usual),
        spark=" ".join(f"{x:g},{y:g}" for x, y in points),
        spark_end=points[-1] if points else None,
    )


def _figure(key: str, value: float | None) -> str:
    if value is None:
        return DASH
    if key == "value":
        return f"${value:,.0f}"
    if key == "repeat":
        return percent(value)
    return f"{value:,.1f}" if key == "rate" or value % 1 else f"{value:,.0f}"


def _spark_points(history: list[float | None], width: int = 120, height: int = 26) -> list[tuple[float, float]]:
    known = [value for value in history if value is not None]
    top = max(known, default=0) or 1
    step = width / max(len(history) - 1, 1)
    return [
        (round(step * place, 1), round(height - (height - 2) * value / top, 1))
        for place, value in enumerate(history)
        if value is not None
    ]


def limits_in_force(rules: pl.DataFrame) -> list[str]:
    """Return the limits of the period, one phrase a row of the rules."""
    return [_limit(row) for row in rules.iter_rows(named=True)]


def _limit(row: dict[str, Any]) -> str:
    amount = money(row["limit_amount"], row["limit_currency"]) if row["limit_amount"] else "no exemption"
    origins, modes = _scope(row["origin_scope"], "all origins"), _scope(row["mode_scope"], "any mode")
    return f"{amount} ({row['status'].replace('_', ' ')}) for {origins} by {modes}"


def _scope(value: str | None, whole: str) -> str:
    """Return ``all origins``, ``CN, HK`` or ``all origins but CN, HK``."""
    if value in (None, "", "ALL"):
        return whole
    excluded = _EXCLUDED.fullmatch(value)
    names = (excluded[1] if excluded else value).replace("|", ", ")
    return f"{whole} but {names}" if excluded else names
