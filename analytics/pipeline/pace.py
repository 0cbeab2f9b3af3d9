"""How long the steps of a run take beside each other, so that a run can say how far it is and how long it still takes.

The shares are those of a measured run (`benchmarks/national_week`, the largest of its page). Other files have other
shares, and how fast they pass is told by the run itself: what is left is judged by how long the part behind it took.
"""

from __future__ import annotations

import csv
import statistics
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files

__all__ = ["PUBLISHING", "Pace", "measured_pace"]

PUBLISHING = "publishing"
"""What comes after the last step."""


class Pace:
    """Expected time of steps, in thousandths of a second of the measured run.

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


@cache
def measured_pace() -> Pace:
    """Read the pace that comes with the program."""
    text = files("analytics.pipeline").joinpath("data", "pace.csv").read_text(encoding="utf-8")
    return Pace({row["step"]: round(1000 * float(row["seconds"])) for row in csv.DictReader(text.splitlines())})
