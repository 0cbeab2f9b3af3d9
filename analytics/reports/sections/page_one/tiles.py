"""The strip of figures of page one."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.reports.headline import Kpi
from analytics.reports.section import Contents
from analytics.reports.sections.identities import SECTION as IDENTITIES
from analytics.reports.spans import ends
from analytics.reports.wording import DASH, counted, percent

__all__ = ["Tile", "span_note", "tiles"]

_TILES = {
    "flags": ("Flags", "whose last day is in the period"),
    "value": ("Value at issue", "each shipment counted once"),
    "recipients": ("Consignees flagged", "distinct identities"),
    "rate": ("Per 1,000 shipments", "shipments in a flag"),
    "repeat": ("Flagged before", "consignees also flagged in the eight before"),
    "hidden": ("Not seen by exact match", "name and address as written would not show it"),
}

_SPANNED = {"flags": "flags", "value": "base_usd"}


@dataclass(frozen=True)
class Tile:
    """One figure of the strip, in words."""

    label: str
    figure: str
    note: str
    before: str
    usual: str
    between: str
    spark: str
    spark_end: tuple[float, float] | None


def tiles(contents: Contents) -> list[Tile]:
    """Return the strip of figures, each beside the span before, the median of eight, and its low and high."""
    flags = contents.tables.flags.filter(contents.period.holds("window_end"))
    tested = flags["survives_to_threshold"].drop_nulls().len()
    of = "" if tested == flags.height else f" ({tested:,} of {counted(flags.height, 'flag')} tested)"
    return [_tile(kpi, contents.of(IDENTITIES).thresholds, of) for kpi in contents.headline.kpis]


def span_note(contents: Contents) -> str:
    """Say at which thresholds the low and the high figures were taken; empty where none was tried."""
    at = dict(contents.of(IDENTITIES).thresholds.select("standing", "threshold").iter_rows())
    if not {"low", "high"} & set(at):
        return ""
    low, high = (at.get(end, at["central"]) for end in ("low", "high"))
    return (
        f"Identity thresholds: from {low:g}, the strictest, to {high:g}, the loosest; identities are made at "
        f"{at['central']:g}."
    )


def _tile(kpi: Kpi, thresholds: pl.DataFrame, tested: str) -> Tile:
    label, note = _TILES[kpi.key]
    points = _spark_points(kpi.history)
    return Tile(
        label=label,
        figure=_figure(kpi.key, kpi.now),
        note=note,
        before=_figure(kpi.key, kpi.before),
        usual=_figure(kpi.key, kpi.usual),
        between=_between(kpi.key, thresholds, tested),
        spark=" ".join(f"{x:g},{y:g}" for x, y in points),
        spark_end=points[-1] if points else None,
    )


def _between(key: str, thresholds: pl.DataFrame, tested: str) -> str:
    """Return ``38 to 42 by identity threshold``; that it makes no difference where it makes none."""
    found = ends(thresholds, _SPANNED[key]) if key in _SPANNED else None
    if found is None:
        return ""
    low, high = (_figure(key, float(end)) for end in found)
    said = "same at every identity threshold" if low == high else f"{low} to {high} by identity threshold"
    return f"{said}{tested}"


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
