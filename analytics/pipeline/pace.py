"""How long the steps of a run take beside each other, so that a run can say how far it is and how long it still takes.

The shares are those of measured runs (`benchmarks/national_week`, the smallest and the largest of its page): in a small
run most steps take what it takes to begin them, in a large one a few steps take nearly all. In between they are
reckoned. Other files have other shares, and how fast they pass is told by the run itself: what is left is judged by how
long the part behind it took.

A run that makes anew only what an addition touches has shares of its own: of each step the part of its whole time that
it took where one day was added to eight weeks (`benchmarks/added_day`).
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from itertools import pairwise

__all__ = ["PUBLISHING", "Pace", "measured_pace"]

PUBLISHING = "publishing"
"""What comes after the last step."""
LEAST = 15
"""Thousandths of a second that a step of next to no lines takes."""


class Pace:
    """Expected time of steps, in thousandths of a second of the measured runs.

    Parameters
    ----------
    measured : mapping of str to int
        Time of each step.
    """

    def __init__(self, measured: Mapping[str, int]) -> None:
        self._measured = dict(measured)
        self._usual = int(statistics.median(self._measured.values())) if self._measured else 1

    def of(self, step: str) -> int:
        """Expected time of a step; of one that was not measured, what is usual."""
        return max(self._measured.get(step, self._usual), 1)

    def of_all(self, steps: Iterable[str]) -> int:
        """Expected time of several steps."""
        return sum(self.of(step) for step in steps)


def measured_pace(lines: int, added: int | None = None) -> Pace:
    """Return the pace of a run, by those that come with the program.

    Parameters
    ----------
    lines : int
        All lines of the store.
    added : int or None
        Those that are new, where a run makes only what they touch: the more they are, the nearer each step comes to
        what it takes as a whole.
    """
    whole = {step: _reckoned(times, lines) for step, times in _measured().items()}
    if added is None:
        return Pace({step: round(time) for step, time in whole.items()})
    new = min(added / lines, 1.0) if lines else 1.0
    shares = {step: share + (1 - share) * new for step, share in _in_part().items()}
    return Pace({step: round(time * shares.get(step, 1.0)) for step, time in whole.items()})


def _reckoned(times: Mapping[int, float], lines: int) -> float:
    """Time of a step at so many lines: on straight lines between those that were measured, from none of them on."""
    smallest = min(times)
    known = [(0, min(LEAST, times[smallest])), *sorted(times.items())]
    for (few, short), (many, long) in pairwise(known):
        if lines <= many:
            return short + (long - short) * (lines - few) / (many - few)
    return known[-1][1]


@cache
def _measured() -> dict[str, dict[int, float]]:
    """Thousandths of a second that each step took, by the lines of the run."""
    text = files("analytics.pipeline").joinpath("data", "pace.csv").read_text(encoding="utf-8")
    return {
        row.pop("step"): {int(lines): 1000 * float(seconds) for lines, seconds in row.items()}
        for row in csv.DictReader(text.splitlines())
    }


@cache
def _in_part() -> dict[str, float]:
    """Share of its whole time that each step took where a small part of the lines was new."""
    text = files("analytics.pipeline").joinpath("data", "pace_of_addition.csv").read_text(encoding="utf-8")
    return {row["step"]: float(row["share"]) for row in csv.DictReader(text.splitlines())}
