"""Scales: from what a point is to where it stands, for numbers, for days, and for labels."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import floor, log10
from typing import Literal, cast

from analytics.reports.charts import Axis, Chart, Series
from analytics.reports.svg.ticks import Tick, day_ticks, log_ticks, number_ticks

__all__ = ["Place", "Scale", "along", "out", "places"]

Place = str | float
_HEADROOM = 1.05
_MARGIN = 0.02
_WEEK, _QUARTER = 7.0, 91.0


@dataclass(frozen=True)
class Scale:
    """One axis: its ends in values and on paper, and its labels where it has some.

    Attributes
    ----------
    kind : str
        ``number``, ``day`` or ``label``.
    low, high : float
        The ends in values; days are ordinals, labels are numbered from 0.
    begin, end : float
        The ends on paper.
    labels : tuple of str
        What stands along it.
    axis : Axis
        What it shows. Of one on which equal distances are equal ratios, the ends are powers of ten.
    """

    kind: Literal["number", "day", "label"]
    low: float
    high: float
    begin: float
    end: float
    labels: tuple[str, ...]
    axis: Axis

    def value(self, place: Place) -> float:
        """Return a place as a number."""
        if self.kind == "label":
            return float(self.labels.index(str(place)))
        return float(date.fromisoformat(str(place)[:10]).toordinal()) if self.kind == "day" else float(place)

    def at(self, value: float) -> float:
        """Return where a number stands on paper."""
        reached = log10(max(value, 10**self.low)) if self.axis.is_log else value
        return self.begin + (reached - self.low) / (self.high - self.low) * (self.end - self.begin)

    def ticks(self, most: int) -> list[Tick]:
        """Return its ticks, no more than are asked for."""
        if self.kind == "label":
            return [(number, label.replace("<br>", "\n")) for number, label in enumerate(self.labels)]
        if self.kind == "day":
            return day_ticks(self.low, self.high, self.axis)
        if self.axis.names:
            return list(enumerate(self.axis.names))
        if self.axis.is_log:
            return log_ticks(self.low, self.high, self.axis)
        return number_ticks(self.low, self.high, min(most, self.axis.most_ticks or most), self.axis)

    def on(self, begin: float, end: float) -> Scale:
        """Return the same between other ends on paper."""
        return Scale(self.kind, self.low, self.high, begin, end, self.labels, self.axis)


def places(series: Series) -> Sequence[Place]:
    """Return where the points of a series stand."""
    return cast("Sequence[Place]", series.at)


def along(chart: Chart) -> Scale:
    """Return the scale along which points stand: to the right, or upwards where bars lie."""
    axis = chart.up if chart.is_lying else chart.across
    found = [place for series in chart.series for place in places(series)]
    marks = [] if chart.is_lying else [mark.at for mark in chart.marks]
    if all(isinstance(place, int | float) for place in found):
        return _numbers(axis, [float(place) for place in [*found, *marks]], _half_widths(chart))
    if axis.unit in ("week", "quarter") or all(_is_day(str(place)) for place in found):
        days = [float(date.fromisoformat(str(place)[:10]).toordinal()) for place in [*found, *marks]]
        return Scale("day", *_widened(chart, days), 0, 1, (), axis)
    labels = tuple(dict.fromkeys(str(place) for place in found))
    return Scale("label", -0.5, max(len(labels), 1) - 0.5, 0, 1, labels, axis)


def _half_widths(chart: Chart) -> list[float]:
    """Return the outer edges of bars that have a width of their own, or of the gaps between those that have none."""
    edges: list[float] = []
    for series in chart.series:
        if series.kind == "bars":
            centers = sorted(float(at) for at in places(series))
            step = min((after - before for before, after in pairwise(centers)), default=1.0)
            widths = series.widths or [step] * len(series.at)
            edges += [float(at) + sign * width / 2 for at, width in zip(places(series), widths, strict=True)
                      for sign in (-1, 1)]  # fmt: skip
    return edges


def _is_day(text: str) -> bool:
    try:
        date.fromisoformat(text[:10])
    except ValueError:
        return False
    return True


def _widened(chart: Chart, days: Sequence[float]) -> tuple[float, float]:
    """Return the ends of days: half a place more where bars stand on them, a margin where points do."""
    low, high = min(days, default=0.0), max(days, default=1.0)
    bars = [series for series in chart.series if series.kind == "bars"]
    if any(series.covers for series in bars):
        return low - _WEEK, high + _QUARTER + _WEEK
    room = _WEEK / 2 if bars else (high - low) * _MARGIN
    return low - max(room, 1.0), high + max(room, 1.0)


def out(chart: Chart) -> Scale:
    """Return the scale of how far points reach."""
    axis = chart.across if chart.is_lying else chart.up
    reached = list(_reached(chart))
    marks = [float(mark.at) for mark in chart.marks] if chart.is_lying else []
    return _numbers(axis, [*reached, *marks], [], has_zero=_rests_on_nought(chart), is_padded=True)


def _rests_on_nought(chart: Chart) -> bool:
    return any(series.kind == "bars" and not series.base for series in chart.series)


def _reached(chart: Chart) -> Iterable[float]:
    stacked: dict[Place, float] = {}
    for series in chart.series:
        yield from _ends(series)
        if chart.bars == "stack" and series.kind == "bars":
            for at, value in zip(places(series), series.values, strict=True):
                stacked[at] = stacked.get(at, 0.0) + value
                yield stacked[at]


def _ends(series: Series) -> Iterable[float]:
    if series.kind == "bars" and series.base:
        yield from (base + value for base, value in zip(series.base, series.values, strict=True))
    else:
        yield from series.values
    yield from series.base


def _numbers(
    axis: Axis, values: Sequence[float], edges: Sequence[float], *, has_zero: bool = False, is_padded: bool = False
) -> Scale:
    if axis.ends:
        return Scale("number", *axis.ends, 0, 1, (), axis)
    if axis.is_log:
        powers = [log10(value) for value in [*values, *edges] if value > 0] or [0.0]
        return Scale("number", floor(min(powers)), max(*powers, floor(min(powers)) + 1) + _MARGIN, 0, 1, (), axis)
    every = [*values, *edges, *([0.0] if has_zero or axis.has_zero else [])]
    low, high = min(every, default=0.0), max(every, default=1.0)
    if is_padded:
        room = (high - low) * (_HEADROOM - 1) or 1.0
        low, high = (low if low == 0 else low - room), (high if high == 0 and low < 0 else high + room)
    return Scale("number", low, high if high > low else low + 1, 0, 1, (), axis)
