"""What can only be known of a whole column: the order of its dates, its decimal mark."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import Any

from analytics.ingest.canonical import NUMBERS, TIMES
from analytics.ingest.cells import column_text
from analytics.ingest.dates import HOME_ZONE, DateReading, decide_order, order_evidence
from analytics.ingest.headings import ColumnPlan
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.numbers import MARKS, PLAIN, decide_mark, mark_evidence
from analytics.ingest.spool import Spool

__all__ = ["Readings", "profile"]


@dataclass(frozen=True)
class Readings:
    """How the columns of one input are read.

    Attributes
    ----------
    dates : dict
        Column to its order.
    marks : dict
        Column to its decimal mark.
    """

    dates: dict[str, DateReading]
    marks: dict[str, str]

    def notes(self, settings: SourceSettings) -> list[str]:
        """Say which times were taken as wall time of a zone."""
        timed = [column for column, reading in self.dates.items() if not reading.is_day]
        if not timed:
            return []
        zone = settings.timezone or HOME_ZONE
        whose = "as the mapping says" if settings.timezone else "for want of a timezone in a mapping"
        return [f"times without an offset ({', '.join(sorted(timed))}) taken as wall time of {zone}, {whose}"]


def profile(
    name: str, spool: Spool, plan: ColumnPlan, settings: SourceSettings, typed: frozenset[int], file: str
) -> Readings:
    """Look at every column of dates and numbers as a whole and decide how it is read.

    Parameters
    ----------
    name : str
        The input, for messages.
    spool : Spool
        Its rows.
    plan : ColumnPlan
        Which heading is which column.
    settings : SourceSettings
        The mapping wins over the evidence.
    typed : frozenset of int
        Headings whose cells are numbers by type.
    file : str
        What ``{file}`` stands for.

    Raises
    ------
    AmbiguousInput
        A column has two readings and does not tell which.
    """
    times = [column for column in TIMES if column in plan.uses]
    numbers = [column for column in NUMBERS if column in plan.uses]
    asked = [*times, *numbers]
    if not asked or not spool.rows:
        return Readings(dict.fromkeys(times, DateReading()), dict.fromkeys(numbers, PLAIN))
    evidence = [item for column in times for item in order_evidence(column)]
    evidence += [item for column in numbers for item in mark_evidence(column)]
    texts = [column_text(column, plan, settings, file) for column in asked]
    row = spool.scan().select(texts).select(evidence).collect(engine="streaming").row(0, named=True)
    found: dict[str, dict[str, Any]] = {column: {} for column in asked}
    for key, value in row.items():
        column, _, what = key.partition(":")
        found[column][what] = value
    shown = plan.shown
    dates = {column: decide_order(name, column, shown[column], found[column], settings) for column in times}
    return Readings(dates, _marks(name, numbers, plan, settings, typed, found))


def _marks(
    name: str,
    numbers: list[str],
    plan: ColumnPlan,
    settings: SourceSettings,
    typed: frozenset[int],
    found: dict[str, dict[str, Any]],
) -> dict[str, str]:
    in_file: Counter[str] = Counter()
    for column in numbers:
        in_file.update({mark: found[column][f"for_{mark}"] for mark in MARKS})
    marks: dict[str, str] = {}
    for column in numbers:
        if plan.uses[column].heading in typed:
            marks[column] = PLAIN
        elif settings.decimal:
            marks[column] = settings.decimal
        else:
            marks[column] = decide_mark(name, column, plan.shown[column], found[column], in_file)
    return marks
