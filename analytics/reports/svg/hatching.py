"""An area filled with slanting lines: what is not final yet."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import floor

from analytics.typesetting.shapes import line

__all__ = ["hatched"]

_STEP, _WIDTH = 6.0, 1.2


def hatched(corners: Sequence[tuple[float, float]], color: str) -> Iterator[str]:
    """Draw slanting lines across an area.

    Parameters
    ----------
    corners : sequence of tuple of float
        Its outline, in order.
    color : str
        Of the lines.
    """
    sums = [x + y for x, y in corners]
    for number in range(floor(min(sums) / _STEP) + 1, floor(max(sums) / _STEP) + 1):
        crossed = sorted(_crossings(corners, number * _STEP))
        for left, right in zip(crossed[::2], crossed[1::2], strict=False):
            yield line(left, number * _STEP - left, right, number * _STEP - right, color, _WIDTH)


def _crossings(corners: Sequence[tuple[float, float]], total: float) -> Iterator[float]:
    """Give where the line on which both coordinates add up to a total crosses the outline."""
    for (left, top), (right, bottom) in pairwise([*corners, corners[0]]):
        begin, end = left + top, right + bottom
        if (begin < total) != (end < total):
            yield left + (total - begin) / (end - begin) * (right - left)
