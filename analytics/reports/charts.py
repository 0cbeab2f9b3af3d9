"""A chart as plain data: series of points with their words, two axes, a few marks; any drawer can take it from here.

What is drawn and what it means is decided here; how a screen or a sheet of paper shows it is left to the drawer
(`analytics.reports.drawn` for Plotly). No text that came from outside goes into one: drawers may read markup.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Literal

__all__ = ["Axis", "Chart", "Mark", "Series"]


@dataclass(frozen=True)
class Series:
    """Points of one kind.

    Attributes
    ----------
    kind : str
        ``band`` (from `base` to `values`), ``line``, ``bars`` (as long as `values`, from `base` where given) or
        ``points``.
    at : sequence
        Where each stands: days as text, numbers, or labels.
    values : sequence of float
        How high each is; of a lying chart, how far to the right.
    colour : str or sequence of str
        Of all, or of each bar.
    name : str
        In the legend; none where empty.
    base : sequence of float
        Where bars or a band begin.
    words : sequence of str
        What is said of each point, lines parted by ``<br>``.
    hover : str
        What Plotly says of a point where there are no words of each.
    widths : sequence of float
        Of bars, in units of their axis.
    outline : str or sequence of str
        Colour of the edge of bars; none where empty.
    is_dotted, is_filled, has_last : bool
        Of a line: dotted; with the area under it; with a dot at each point, the last one large.
    covers : str
        The stretch of time a bar stands for, such as ``M3``.
    is_hatched : bool
        Of bars and a band: filled with slanting lines instead of a plain colour; what is not final yet.
    labels : sequence of str
        Of bars, what is written inside each; nothing where empty.
    """

    kind: Literal["band", "line", "bars", "points"]
    at: Sequence[str] | Sequence[float]
    values: Sequence[float]
    colour: str | Sequence[str]
    name: str = ""
    base: Sequence[float] = ()
    words: Sequence[str] = ()
    hover: str = ""
    widths: Sequence[float] = ()
    outline: str | Sequence[str] = ""
    is_dotted: bool = False
    is_filled: bool = False
    has_last: bool = False
    covers: str = ""
    is_hatched: bool = False
    labels: Sequence[str] = ()


@dataclass(frozen=True)
class Axis:
    """One axis.

    Attributes
    ----------
    unit : str
        ``usd``, ``whole``, ``share``, ``week`` (its ticks are Mondays), ``quarter`` or, for labels, empty.
    title : str
        Beside it; none where empty.
    ticks : sequence of str
        The Mondays.
    most_ticks : int
        How many there may be; 0 leaves it to the drawer.
    ends : tuple of float
        Where it begins and ends; empty leaves it to the drawer.
    has_zero : bool
        Whether nought is always on it.
    is_small : bool
        Labels in small type: they are sentences.
    names : sequence of str
        What stands at 0, 1, 2 and so on instead of a number.
    is_log : bool
        Whether equal distances are equal ratios; all on it is above nought.
    """

    unit: Literal["", "usd", "whole", "share", "week", "quarter"] = ""
    title: str = ""
    ticks: Sequence[str] = ()
    most_ticks: int = 0
    ends: tuple[float, float] | tuple[()] = ()
    has_zero: bool = False
    is_small: bool = False
    names: Sequence[str] = ()
    is_log: bool = False


@dataclass(frozen=True)
class Mark:
    """A line across the chart at one place of the axis along which the points stand, with a word.

    Attributes
    ----------
    at, text, colour : str or float, str, str
        Where, what it says, and its colour.
    place : str
        Where its word stands: ``above`` the chart, ``beside`` the line, or as a ``badge`` on it.
    width : float
        Of the line.
    size : int
        Of the word.
    is_dotted : bool
        Whether the line is dotted.
    """

    at: str | float
    text: str
    colour: str
    place: Literal["above", "beside", "badge"] = "above"
    width: float = 2
    size: int = 12
    is_dotted: bool = False


@dataclass(frozen=True)
class Chart:
    """What one chart shows.

    Attributes
    ----------
    key : str
        Names it on the page.
    label, text : str
        What it is, and what it shows in sentences, for those who do not see it.
    series, marks : sequence
        What is drawn, the rearmost first.
    across, up : Axis
        The axis to the right and the one upwards.
    headings, rows : sequence
        The figures as a table, every cell a text.
    height : int
        In pixels.
    bars : str
        How bars of several series stand: ``stack``, ``group`` or ``overlay``.
    gap : float or None
        Between bars, as a share of their place.
    is_lying : bool
        Bars lie: points stand along the axis upwards.
    has_legend : bool
        Whether the names of the series are shown.
    """

    key: str
    series: Sequence[Series]
    label: str = ""
    text: str = ""
    across: Axis = field(default_factory=Axis)
    up: Axis = field(default_factory=Axis)
    marks: Sequence[Mark] = ()
    headings: Sequence[str] = ()
    rows: Sequence[Sequence[str]] = ()
    height: int = 320
    bars: Literal["", "stack", "group", "overlay"] = ""
    gap: float | None = None
    is_lying: bool = False
    has_legend: bool = True

    @property
    def place(self) -> str:
        """Id of its place in the page."""
        return f"chart-{self.key}"
