"""Each kind of series as shapes."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analytics.errors import ContractError
from analytics.reports.charts import Chart, Series
from analytics.reports.svg.hatching import hatched
from analytics.reports.svg.scales import Place, Scale, places
from analytics.reports.theme import BAND, INK
from analytics.typesetting.shapes import disc, line, path, rect, text

__all__ = ["Plot", "kinds", "shapes"]

_LINE, _DOTTED, _DASHES = 2.2, 1.4, "3 3"
_DOT, _LAST = 2.3, 4.5
_TICK, _TICK_WIDTH = 5.5, 3
_LABEL = 10.0
_GAP = 0.2
"""Between bars where the chart does not say, as a share of their place."""
_QUARTER = 91.0


@dataclass(frozen=True)
class Plot:
    """A chart with its two scales laid on paper.

    Attributes
    ----------
    chart : Chart
        What is drawn.
    along, out : Scale
        Where points stand, and how far they reach.
    """

    chart: Chart
    along: Scale
    out: Scale

    def point(self, along: float, out: float) -> tuple[float, float]:
        """Return where a point is on paper."""
        across, up = self.along.at(along), self.out.at(out)
        return (up, across) if self.chart.is_lying else (across, up)

    @property
    def bars(self) -> list[Series]:
        """The series that are bars."""
        return [series for series in self.chart.series if series.kind == "bars"]


def shapes(plot: Plot, series: Series, before: Series | None) -> Iterator[str]:
    """Return the shapes of a series.

    Parameters
    ----------
    plot : Plot
        Where it is drawn.
    series : Series
        What is drawn.
    before : Series or None
        The one drawn just before: an area is filled down to it.
    """
    if series.kind not in _DRAWERS:
        raise ContractError(
            f"chart {plot.chart.key!r}: series of kind {series.kind!r} cannot be drawn for paper. "
            f"Add it to analytics/reports/svg/series.py; it knows {', '.join(_DRAWERS)}."
        )
    return _DRAWERS[series.kind](plot, series, before)


def kinds() -> list[str]:
    """Return the kinds of series that can be drawn."""
    return list(_DRAWERS)


def _points(plot: Plot, series: Series, reached: Sequence[float]) -> list[tuple[float, float]]:
    return [plot.point(plot.along.value(at), value) for at, value in zip(places(series), reached, strict=True)]


def _band(plot: Plot, series: Series, _: Series | None) -> Iterator[str]:
    edge = _points(plot, series, series.values) + _points(plot, series, series.base)[::-1]
    if edge and series.is_hatched:
        yield from hatched(edge, _color(series.colour, 0))
    elif edge:
        yield path(edge, fill=_color(series.colour, 0))


def _line(plot: Plot, series: Series, before: Series | None) -> Iterator[str]:
    points = _points(plot, series, series.values)
    if not points:
        return
    if series.is_filled and before is not None:
        yield path(points + _points(plot, before, before.values)[::-1], fill=BAND)
    color = _color(series.colour, 0)
    width, dashes = (_DOTTED, _DASHES) if series.is_dotted else (_LINE, "")
    yield path(points, stroke=color, width=width, dashes=dashes)
    if series.has_last:
        yield from (disc(*point, _DOT, color) for point in points[:-1])
        yield disc(*points[-1], _LAST, color)


def _ticks(plot: Plot, series: Series, _: Series | None) -> Iterator[str]:
    for x, y in _points(plot, series, series.values):
        yield line(x, y - _TICK, x, y + _TICK, _color(series.colour, 0), _TICK_WIDTH)


def _bars(plot: Plot, series: Series, _: Series | None) -> Iterator[str]:
    bases = list(series.base) or _bases(plot, series)
    for number, (at, value, base) in enumerate(zip(places(series), series.values, bases, strict=True)):
        begin, width = _place(plot, series, at, number)
        left, top = plot.point(begin, base)
        right, bottom = plot.point(begin + width, base + value)
        box = (min(left, right), min(top, bottom), abs(right - left), abs(bottom - top))
        outline = _color(series.outline, number) if series.outline else ""
        if value and series.is_hatched:
            yield from _hatched_box(*box, _color(series.colour, number))
        elif value or base == 0:
            yield rect(*box, _color(series.colour, number), outline=outline if value else "")
        if series.labels:
            middle = box[1] + box[3] / 2 + _LABEL * 0.36
            yield text(box[0] + box[2] / 2, middle, series.labels[number], anchor="middle", color=INK, size=_LABEL)


def _hatched_box(left: float, top: float, width: float, height: float, color: str) -> Iterator[str]:
    right, bottom = left + width, top + height
    yield rect(left, top, width, height, "none", outline=color)
    yield from hatched([(left, top), (right, top), (right, bottom), (left, bottom)], color)


def _bases(plot: Plot, series: Series) -> list[float]:
    """Return where bars begin: at nought, or on those of the series before where they are stacked."""
    if plot.chart.bars != "stack":
        return [0.0] * len(series.at)
    below: dict[Place, float] = {}
    for other in plot.bars:
        if other is series:
            break
        for at, value in zip(places(other), other.values, strict=True):
            below[at] = below.get(at, 0.0) + value
    return [below.get(at, 0.0) for at in places(series)]


def _place(plot: Plot, series: Series, at: Place, number: int) -> tuple[float, float]:
    """Return where a bar begins along its axis, and how wide it is."""
    center = plot.along.value(at)
    if series.widths:
        return center - series.widths[number] / 2, series.widths[number]
    room = _room(plot)
    center += _QUARTER / 2 if series.covers else 0
    width = room * (1 - (_GAP if plot.chart.gap is None else plot.chart.gap))
    bars = plot.bars
    if plot.chart.bars in ("stack", "overlay") or len(bars) == 1:
        return center - width / 2, width
    each = width / len(bars)
    place = next(place for place, other in enumerate(bars) if other is series)
    return center - width / 2 + place * each, each


def _room(plot: Plot) -> float:
    """Return how far bars stand from each other."""
    if plot.along.kind == "label":
        return 1.0
    if any(series.covers for series in plot.bars):
        return _QUARTER
    centers = sorted({plot.along.value(at) for series in plot.bars for at in places(series)})
    usual = 7.0 if plot.along.kind == "day" else 1.0
    return min((after - before for before, after in pairwise(centers)), default=usual)


def _color(colors: str | Sequence[str], number: int) -> str:
    return colors if isinstance(colors, str) else colors[number]


_DRAWERS: dict[str, Callable[[Plot, Series, Series | None], Iterator[str]]] = {
    "band": _band,
    "line": _line,
    "bars": _bars,
    "points": _ticks,
}
