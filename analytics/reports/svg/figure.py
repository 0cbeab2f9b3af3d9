"""A chart put together on paper: legend, axes, series, and marks across them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from analytics.reports.charts import Chart, Mark
from analytics.reports.svg.legend import ROW, legend, legend_rows
from analytics.reports.svg.scales import Scale, along, out
from analytics.reports.svg.series import Plot, shapes
from analytics.reports.svg.ticks import Tick
from analytics.reports.theme import GRID, INK, MUTED, QUIET
from analytics.typesetting.letters import text_width, wrapped
from analytics.typesetting.shapes import drawing, line, rect, text

__all__ = ["HALF", "LOWER", "PAPER_WIDTH", "svg_figure"]

PAPER_WIDTH = 680.0
"""Of a chart across a page; eight points of type are eleven of its units."""
HALF = PAPER_WIDTH / 2 - 14
"""Of a chart that takes half of the width."""
LOWER = 0.7
"""Paper shows more beside a chart than a screen does: it is drawn lower."""
_SIZE, _SMALL, _TITLE, _LEADING = 11.0, 10.0, 11.0, 1.25
_RIGHT, _TOP, _MOST_LABEL = 18.0, 8.0, 0.4
_PER_TICK = (62.0, 30.0)
"""How much of an axis one tick needs, to the right and upwards."""


@dataclass(frozen=True)
class _Frame:
    """The rectangle in which the series are drawn, and the scales along its sides."""

    left: float
    top: float
    right: float
    bottom: float
    across: Scale
    up: Scale

    def ticks(self, scale: Scale) -> list[Tick]:
        room, least = (
            (self.right - self.left, _PER_TICK[0]) if scale is self.across else (self.bottom - self.top, _PER_TICK[1])
        )
        return scale.ticks(max(2, int(room / least)))


def svg_figure(chart: Chart, width: float = PAPER_WIDTH, height: float | None = None) -> str:
    """Draw a chart.

    Parameters
    ----------
    chart : Chart
        What is drawn.
    width, height : float, optional
        Of the drawing; as high as the chart says where not given.

    Returns
    -------
    str
        An SVG document; the same for the same chart.
    """
    rows = legend_rows(chart, width)
    frame = _frame(chart, width, height or chart.height, ROW * len(rows))
    scales = (frame.up, frame.across) if chart.is_lying else (frame.across, frame.up)
    plot = Plot(chart, *scales)
    parts = [*legend(rows), *_up_axis(frame), *_across_axis(frame)]
    for number, series in enumerate(chart.series):
        parts += shapes(plot, series, chart.series[number - 1] if number else None)
    parts.append(line(frame.left, frame.bottom, frame.right, frame.bottom, QUIET))
    for number, mark in enumerate(chart.marks):
        parts += _mark(mark, number, frame)
    return drawing(width, height or chart.height, parts, _SIZE)


def _frame(chart: Chart, width: float, height: float, legend_height: float) -> _Frame:
    """Leave room for legend, marks, labels and titles."""
    points, reach = along(chart), out(chart)
    across, up = (reach, points) if chart.is_lying else (points, reach)
    top = legend_height + _TOP + (ROW if any(mark.place == "above" for mark in chart.marks) else 0)
    left = 8 + max((_label_width(label, up) for _, label in up.ticks(8)), default=0) + (18 if up.axis.title else 0)
    left = min(left, _MOST_LABEL * width + 8)
    lines = max((len(_across_lines(label, across, width - left)) for _, label in across.ticks(8)), default=1)
    bottom = height - 8 - lines * _SIZE * _LEADING - (18 if across.axis.title else 0)
    right = width - _RIGHT
    return _Frame(left, top, right, bottom, across.on(left, right), up.on(bottom, top))


def _label_width(label: str, scale: Scale) -> float:
    return max(text_width(each, _size(scale)) for each in label.split("\n")) + 8


def _size(scale: Scale) -> float:
    return _SMALL if scale.axis.is_small else _SIZE


def _across_lines(label: str, across: Scale, room: float) -> list[str]:
    """Return a label under the axis in lines; labels of points share the room there is."""
    if across.kind != "label":
        return label.split("\n")
    return wrapped(label, room / max(len(across.labels), 1) - 4, _size(across))


def _up_axis(frame: _Frame) -> Iterator[str]:
    size = _size(frame.up)
    for value, label in frame.ticks(frame.up):
        y = frame.up.at(value)
        yield line(frame.left, y, frame.right, y, GRID)
        lines = [each for part in label.split("\n") for each in wrapped(part, frame.left - 12, size)]
        first = y + size * 0.36 - (len(lines) - 1) * size * _LEADING / 2
        for number, words in enumerate(lines):
            yield text(frame.left - 7, first + number * size * _LEADING, words, anchor="end", color=INK, size=size)
    if frame.up.axis.title:
        middle = (frame.top + frame.bottom) / 2
        yield text(_TITLE, middle, frame.up.axis.title, anchor="middle", color=MUTED, size=_TITLE, turned=-90)


def _across_axis(frame: _Frame) -> Iterator[str]:
    room, size = frame.right - frame.left, _size(frame.across)
    below = frame.bottom
    for value, label in frame.ticks(frame.across):
        for number, words in enumerate(_across_lines(label, frame.across, room)):
            y = frame.bottom + 5 + size * (0.9 + number * _LEADING)
            below = max(below, y)
            yield text(frame.across.at(value), y, words, anchor="middle", color=INK, size=size)
    if frame.across.axis.title:
        middle = (frame.left + frame.right) / 2
        yield text(middle, below + _TITLE + 6, frame.across.axis.title, anchor="middle", color=MUTED, size=_TITLE)


def _mark(mark: Mark, number: int, frame: _Frame) -> Iterator[str]:
    x = frame.across.at(frame.across.value(mark.at))
    is_dotted = mark.is_dotted or mark.place == "badge"
    yield line(
        x, frame.top, x, frame.bottom, mark.colour, 1.2 if is_dotted else mark.width * 0.8, "3 3" if is_dotted else ""
    )
    width = text_width(mark.text, _SIZE)
    if mark.place == "badge":
        top = frame.top + (number % 2) * 0.1 * (frame.bottom - frame.top)
        yield rect(x - width / 2 - 4, top, width + 8, 15, mark.colour)
        yield text(x, top + 11.5, mark.text, anchor="middle", color="#ffffff", size=_SIZE, is_bold=True)
    elif mark.place == "above":
        middle = min(max(x, width / 2), frame.right - width / 2)
        yield text(middle, frame.top - 5, mark.text, anchor="middle", color=mark.colour, size=_SIZE)
    else:
        is_tight = x + 5 + width > frame.right
        where = (x - 5, "end") if is_tight else (x + 5, "start")
        yield text(where[0], frame.top + 10, mark.text, anchor=where[1], color=mark.colour, size=_SIZE)  # type: ignore[arg-type]
