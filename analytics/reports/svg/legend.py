"""The names of the series above a chart, in as many rows as they need."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from analytics.reports.charts import Chart, Series
from analytics.reports.svg.hatching import hatched
from analytics.reports.theme import INK
from analytics.typesetting.letters import text_width
from analytics.typesetting.shapes import line, rect, text

__all__ = ["ROW", "legend", "legend_rows"]

ROW = 17.0
_SAMPLE, _GAP, _BETWEEN = 18.0, 5.0, 16.0
_SIZE = 11.0


def legend_rows(chart: Chart, width: float) -> list[list[Series]]:
    """Return the named series in rows that fit; none where one series alone needs no name."""
    named = [series for series in chart.series if series.name]
    is_alone = len(chart.series) == 1 and chart.series[0].kind != "band"
    if not chart.has_legend or is_alone:
        return []
    rows: list[list[Series]] = []
    used = width
    for series in named:
        room = _room(series)
        if used + room > width:
            rows.append([])
            used = 0.0
        rows[-1].append(series)
        used += room
    return rows


def _room(series: Series) -> float:
    return _SAMPLE + _GAP + text_width(series.name, _SIZE) + _BETWEEN


def legend(rows: Sequence[Sequence[Series]]) -> Iterator[str]:
    """Draw rows of names, each beside a sample, from the upper left corner."""
    for number, row in enumerate(rows):
        left, middle = 2.0, ROW * number + ROW / 2
        for series in row:
            yield from _sample(series, left, middle)
            yield text(left + _SAMPLE + _GAP, middle + 4, series.name, color=INK, size=_SIZE)
            left += _room(series)


def _sample(series: Series, left: float, middle: float) -> Iterator[str]:
    color = series.colour if isinstance(series.colour, str) else series.colour[0]
    begin, end, top, bottom = left + 3, left + _SAMPLE - 3, middle - 5, middle + 5
    if series.kind == "line":
        yield line(left, middle, left + _SAMPLE, middle, color, 2, "3 3" if series.is_dotted else "")
    elif series.kind == "points":
        yield line(left + _SAMPLE / 2, top, left + _SAMPLE / 2, bottom, color, 3)
    elif series.is_hatched:
        yield from hatched([(begin, top), (end, top), (end, bottom), (begin, bottom)], color)
    else:
        yield rect(begin, top, end - begin, bottom - top, color)
