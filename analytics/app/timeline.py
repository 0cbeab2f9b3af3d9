"""The timeline of a case as plain data: where each mark stands. The template draws it."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

import polars as pl

__all__ = ["Bar", "Bracket", "Lane", "Mark", "Timeline", "timeline"]

_LEFT, _RIGHT, _WIDTH = 150, 16, 1000
_TOP, _BARS = 8, 86
_LANE_GAP, _PAD = 10, 8
_LEAST, _MOST = 3.5, 11.0
_MOST_LANES = 12
_MOST_MARKS = 400
"""Those of flags first, then those of most value: more would lie on each other."""
_STEPS = (1, 2, 7, 14, 28, 56, 112)
_TICKS = 9
_OTHERS = "other sellers"
_DATES = {"order_date": "ordered", "estimated_arrival_date": "estimated", "released_date": "released"}


@dataclass(frozen=True)
class Mark:
    """One shipment: its place, its size by value, and its other dates."""

    x: float
    y: float
    size: float
    words: str
    uid: str
    is_flagged: bool
    is_included: bool
    ticks: list[tuple[str, float]] = field(default_factory=list)


@dataclass(frozen=True)
class Bracket:
    """Shipments of one order in one lane: from the first to the last."""

    x: float
    width: float
    y: float
    words: str


@dataclass(frozen=True)
class Lane:
    """One seller."""

    name: str
    y: float
    height: float
    marks: list[Mark]
    brackets: list[Bracket]


@dataclass(frozen=True)
class Bar:
    """What a day adds up to, and its limit."""

    x: float
    width: float
    y: float
    height: float
    limit_y: float | None
    is_over: bool
    words: str


@dataclass(frozen=True)
class Timeline:
    """All of it, in units of the drawing."""

    width: int
    height: float
    left: int
    right: int
    base: float
    bars: list[Bar]
    lanes: list[Lane]
    ticks: list[tuple[float, str]]
    top_label: str


def timeline(shipments: pl.DataFrame, day_totals: pl.DataFrame) -> Timeline | None:
    """Lay out the shipments of a case by day and seller.

    Parameters
    ----------
    shipments, day_totals : polars.DataFrame
        As a dossier has them.

    Returns
    -------
    Timeline or None
        None where there is nothing to show.
    """
    known = shipments.filter(pl.col("arrival_date").is_not_null())
    shown = known.sort(pl.col("in_flags") != "", "value_usd", "shipment_uid", descending=True).head(_MOST_MARKS)
    if shown.is_empty():
        return None
    flagged = shown.filter(pl.col("in_flags") != "")
    dates = [*shown["arrival_date"], *(day for name in _DATES for day in flagged[name].drop_nulls())]
    scale = _Scale(min(dates), max(dates))
    base = _TOP + _BARS
    bars = _bars(day_totals, scale, base)
    lanes = _lanes(shown, scale, base + 30)
    height = (lanes[-1].y + lanes[-1].height if lanes else base) + 14
    top = max((_money(row["total"], row["limit"]) for row in day_totals.iter_rows(named=True)), default=0.0)
    return Timeline(
        _WIDTH, height, _LEFT, _WIDTH - _RIGHT, base, bars, lanes, scale.ticks(), f"${top:,.0f}" if top else ""
    )


class _Scale:
    """Days to places."""

    def __init__(self, first: date, last: date) -> None:
        self.first, self.days = first, (last - first).days + 1
        self.day_width = (_WIDTH - _LEFT - _RIGHT) / self.days

    def place(self, day: date) -> float:
        return round(_LEFT + ((day - self.first).days + 0.5) * self.day_width, 1)

    def ticks(self) -> list[tuple[float, str]]:
        step = next((step for step in _STEPS if self.days / step <= _TICKS), _STEPS[-1])
        days = (self.first + timedelta(days=offset) for offset in range(0, self.days, step))
        return [(self.place(day), f"{day:%b} {day.day}") for day in days]


def _money(*amounts: Any) -> float:
    return max((float(amount) for amount in amounts if amount is not None), default=0.0)


def _bars(totals: pl.DataFrame, scale: _Scale, base: float) -> list[Bar]:
    known = totals.sort("coverage", descending=True).unique(["day", "identity_id", "pool"], keep="first")
    by_day = known.sort("day", "total", descending=[False, True]).unique("day", keep="first", maintain_order=True)
    rows = by_day.rows(named=True)
    most = max((_money(row["total"], row["limit"]) for row in rows), default=0.0) or 1.0
    width = round(max(3.0, min(26.0, scale.day_width * 0.7)), 1)

    def height(amount: Any) -> float:
        return round(float(amount) / most * (_BARS - 16), 1)

    return [
        Bar(
            x=round(scale.place(row["day"]) - width / 2, 1),
            width=width,
            y=round(base - height(row["total"]), 1),
            height=height(row["total"]),
            limit_y=None if row["limit"] is None else round(base - height(row["limit"]), 1),
            is_over=bool(row["is_over_limit"]),
            words=_bar_words(row),
        )
        for row in rows
        if scale.first <= row["day"] <= scale.first + timedelta(days=scale.days)
    ]


def _bar_words(row: dict[str, Any]) -> str:
    limit = "no exemption available" if row["limit"] is None else f"limit {row['limit']:,.2f} {row['currency']}"
    return f"{row['day']}: {row['total']:,.2f} in {row['shipments']} packages, {limit}, rule {row['rule_id']}"


def _lanes(shipments: pl.DataFrame, scale: _Scale, top: float) -> list[Lane]:
    named = shipments.with_columns(lane=pl.col("seller").fill_null("seller not known"))
    order = named.group_by("lane").agg(
        flagged=(pl.col("in_flags") != "").sum(), value=pl.col("value_usd").sum()
    ).sort("flagged", "value", "lane", descending=[True, True, False])  # fmt: skip
    kept = order["lane"].head(_MOST_LANES).to_list()
    named = named.with_columns(lane=pl.when(pl.col("lane").is_in(kept)).then("lane").otherwise(pl.lit(_OTHERS)))
    most = float(named["value_usd"].max() or 1) or 1.0  # type: ignore[arg-type]
    lanes, y = [], top
    for name in [*kept, *([_OTHERS] if order.height > _MOST_LANES else [])]:
        rows = named.filter(pl.col("lane") == name).sort("arrival_date", "shipment_uid").rows(named=True)
        marks, height = _marks(rows, scale, y, most)
        brackets = _brackets(rows, scale, y + height - 4)
        lanes.append(Lane(name, round(y, 1), round(height, 1), marks, brackets))
        y += height + _LANE_GAP
    return lanes


def _marks(rows: list[dict[str, Any]], scale: _Scale, top: float, most: float) -> tuple[list[Mark], float]:
    """Stack the marks of one day, so that none hides another."""
    filled: dict[date, float] = {}
    marks = []
    for row in rows:
        size = round(_LEAST + (_MOST - _LEAST) * math.sqrt(max(0.0, float(row["value_usd"] or 0)) / most), 1)
        start = filled.get(row["arrival_date"], top + _PAD)
        filled[row["arrival_date"]] = start + 2 * size + 2
        marks.append(_mark(row, scale, round(start + size, 1), size))
    return marks, max(filled.values(), default=top) - top + _PAD


def _mark(row: dict[str, Any], scale: _Scale, y: float, size: float) -> Mark:
    is_flagged = row["in_flags"] != ""
    dates = {words: row[name] for name, words in _DATES.items() if row[name] is not None}
    told = "; ".join([f"arrived {row['arrival_date']}", *(f"{words} {day}" for words, day in dates.items())])
    return Mark(
        x=scale.place(row["arrival_date"]),
        y=y,
        size=size,
        words=f"{row['shipment_id']}: ${row['value_usd']:,.2f}; {told}",
        uid=row["shipment_uid"],
        is_flagged=is_flagged,
        is_included=row["is_included"],
        ticks=[(words, scale.place(day)) for words, day in dates.items()] if is_flagged else [],
    )


def _brackets(rows: list[dict[str, Any]], scale: _Scale, y: float) -> list[Bracket]:
    by_order: dict[str, list[date]] = {}
    for row in rows:
        if row["order_id"] and row["in_flags"]:
            by_order.setdefault(row["order_id"], []).append(row["arrival_date"])
    found = []
    for order_id, days in sorted(by_order.items()):
        if len(days) > 1:
            start, end = scale.place(min(days)) - 8, scale.place(max(days)) + 8
            found.append(Bracket(round(start, 1), round(end - start, 1), y, f"{len(days)} lots of order {order_id}"))
    return found
