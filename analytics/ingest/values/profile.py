"""What can only be known of a whole column: the order of its dates, its decimal mark."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import polars as pl

from analytics.ingest.headings.understanding import ColumnPlan
from analytics.ingest.mapping.settings import EXCEL, SourceSettings
from analytics.ingest.privacy.spool import Spool
from analytics.ingest.questions import Asked
from analytics.ingest.values.cells import column_text
from analytics.ingest.values.dates import HOME_ZONE, PLAIN_DAY, DateReading, decide_order, order_evidence
from analytics.ingest.values.numbers import EACH, MARKS, PLAIN, PLAIN_NUMBER, decide_mark, mark_evidence
from analytics.ingest.values.restored import HTS, zero_evidence
from analytics.ingest.values.serial_days import EXCEL_NOTE
from analytics.ingest.words.canonical import NUMBERS, TIMES

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
    has_zeros : bool
        Some tariff number begins with a zero, so the others have not lost theirs.
    """

    dates: dict[str, DateReading]
    marks: dict[str, str]
    has_zeros: bool = False

    def notes(self, settings: SourceSettings) -> list[str]:
        """Say which times were taken as wall time of a zone, and which numbers as days."""
        serial = [column for column, reading in self.dates.items() if reading.order == EXCEL]
        notes = [f"{', '.join(sorted(serial))}: {EXCEL_NOTE}"] if serial else []
        notes += [
            f"{column}: some values have a decimal point and others a decimal comma; each can be read in one way only"
            for column, mark in self.marks.items()
            if mark == EACH
        ]
        timed = [column for column, reading in self.dates.items() if reading.is_naive]
        if not timed:
            return notes
        zone = settings.timezone or HOME_ZONE
        whose = "as the mapping says" if settings.timezone else "because no mapping sets a timezone"
        return [
            *notes,
            f"times without an offset ({', '.join(sorted(timed))}) are read as local time of {zone}, {whose}",
        ]


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
        Some columns have two readings and do not tell which; all of them are named.
    """
    look = _Look(spool, plan, settings, file)
    asked = Asked(name)
    times = [column for column in TIMES if column in plan.uses]
    plain = look.plain(times, PLAIN_DAY)
    found = look.at([column for column in times if column not in plain], order_evidence)
    dates = {column: DateReading(is_plain=True, is_day=True) for column in plain}
    for column, evidence in found.items():
        with asked.later():
            dates[column] = decide_order(name, column, plan.shown[column], evidence, settings)
    marks = _marks(name, look, typed, asked)
    asked.now()
    return Readings(dates, marks, _has_zeros(look))


@dataclass(frozen=True)
class _Look:
    """Questions about whole columns, each answered in one pass over the rows."""

    spool: Spool
    plan: ColumnPlan
    settings: SourceSettings
    file: str

    def plain(self, columns: list[str], pattern: str) -> list[str]:
        """Return the columns whose every value has the plain form, which needs no second look."""
        found = self.at(columns, lambda column: [(~pl.col(column).str.contains(pattern)).any().alias(f"{column}:odd")])
        return [column for column in columns if not found[column]["odd"]]

    def at(self, columns: list[str], evidence: Callable[[str], list[pl.Expr]]) -> dict[str, dict[str, Any]]:
        """Return the evidence of some columns, by name."""
        found: dict[str, dict[str, Any]] = {column: {} for column in columns}
        if not columns:
            return found
        if not self.spool.rows:
            return {column: defaultdict(int) for column in columns}
        texts = [column_text(column, self.plan, self.settings, self.file) for column in columns]
        asked = [item for column in columns for item in evidence(column)]
        row = self.spool.scan().select(texts).select(asked).collect(engine="streaming").row(0, named=True)
        for key, value in row.items():
            column, _, what = key.partition(":")
            found[column][what] = value
        return found


def _has_zeros(look: _Look) -> bool:
    """Tell whether some tariff number that is all digits begins with a zero; not asked where none is a digit short."""
    columns = [column for column in (HTS,) if column in look.plan.uses]
    found = look.at(columns, zero_evidence)
    return any(evidence["short"] and evidence["zero"] for evidence in found.values())


def _marks(name: str, look: _Look, typed: frozenset[int], asked: Asked) -> dict[str, str]:
    """Decide every decimal mark; what has a type, or a mark in the mapping, needs no evidence and gives none."""
    plan = look.plan
    numbers = [column for column in NUMBERS if column in plan.uses]
    written = [column for column in numbers if plan.uses[column].heading not in typed]
    if look.settings.decimal:
        return {column: look.settings.decimal if column in written else PLAIN for column in numbers}
    plain = look.plain(written, PLAIN_NUMBER)
    marks = dict.fromkeys(numbers, PLAIN)
    if len(plain) == len(written):
        return marks
    found = look.at(written, mark_evidence)
    in_file: Counter[str] = Counter()
    for evidence in found.values():
        in_file.update({mark: evidence[f"for_{mark}"] for mark in MARKS})
    for column in written:
        if column not in plain:
            with asked.later():
                marks[column] = decide_mark(name, column, plan.shown[column], found[column], in_file)
    return marks
