"""What a section of the report is: a measure taken as plain data, and how it is worded, drawn, laid out and filed.

A section is one object in one file of `analytics.reports.sections`; page, workbook and JSON go through all of them.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from typing import Any, Generic, TypeVar, cast

import polars as pl

from analytics.masking.edition import MaskedStore, id_of_store
from analytics.reports.casebook import CaseBook
from analytics.reports.charts import Chart
from analytics.reports.headline import Headline, measure_headline
from analytics.reports.periods import Period
from analytics.reports.reads import Reads
from analytics.reports.tables import Store, Tables, data_days, read_tables

__all__ = ["Contents", "Section", "Table"]

Measured = TypeVar("Measured")
_HEADLINE = "headline"


@dataclass(frozen=True)
class Table:
    """A table of a section, every cell a text.

    Attributes
    ----------
    headings, rows : sequence
        What it holds.
    title : str
        Above it; none where empty.
    numbers : frozenset of int
        Columns that are set to the right.
    note : str
        Under it; none where empty.
    is_signed : bool
        It is filled in by hand: on paper a line for each heading but the first two, beside that of its first cell.
    """

    headings: Sequence[str]
    rows: Sequence[Sequence[str | None]]
    title: str = ""
    numbers: frozenset[int] = field(default_factory=frozenset)
    note: str = ""
    is_signed: bool = False


@dataclass(frozen=True)
class Section(Generic[Measured]):
    """One section of the report.

    Attributes
    ----------
    key : str
        Its anchor in the page, its name in JSON, and the stem of its own template where it has one: ``KEY.html``
        beside its file. Without one it is laid out as its charts, then its tables.
    place : int
        The order in the page; the numbers that readers see follow from it.
    title, lead : str
        Heading, and a sentence under it.
    measure : callable
        Takes the contents of the report, gives plain data: frames, dates and numbers; nothing drawn, nothing worded.
    charts : callable
        The charts of what was measured, as plain data.
    draws : mapping
        Of each chart that there may be, its key and what it shows: what `run.figures` lists.
    tables : callable
        Its tables: all that paper shows of it beside its charts, and the page where it has no template.
    words : mapping
        Names under which its template finds functions and constants; what was measured is ``it``.
    sheets : callable
        Of what was measured and the contents, the sheets of the workbook by name.
    meanings : mapping
        What the columns of its sheets mean that are in no published table.
    says : callable
        Of what was measured, what it says in sentences, for whoever lays it out elsewhere.
    brief : callable
        Of what was measured, the tables that belong among what matters next, on the third sheet of the PDF.
    empty : callable
        Of what was measured, what is said where there is neither chart nor table.
    is_half : bool
        Whether it takes half of the width, beside the next one that does.
    is_summary : bool
        Whether it is part of the summary, on the second sheet of the PDF.
    """

    key: str
    place: int
    title: str
    lead: str
    measure: Callable[[Contents], Measured]
    charts: Callable[[Measured], Sequence[Chart]] = lambda _: ()
    draws: Mapping[str, str] = field(default_factory=dict)
    tables: Callable[[Measured], Sequence[Table]] = lambda _: ()
    words: Mapping[str, Any] = field(default_factory=dict)
    sheets: Callable[[Measured, Contents], Mapping[str, pl.DataFrame]] = lambda _, __: {}
    meanings: Mapping[str, str] = field(default_factory=dict)
    says: Callable[[Measured], Sequence[str]] = lambda _: ()
    brief: Callable[[Measured], Sequence[Table]] = lambda _: ()
    empty: Callable[[Measured], str] = lambda _: "Nothing in this period."
    is_half: bool = False
    is_summary: bool = False


class Contents:
    """What one report is made from: a period of a store, each section measured once, when it is first asked for.

    Parameters
    ----------
    store : Store
        Anything with ``.table(name) -> polars.LazyFrame``.
    period : Period
        The days to report on.
    book : CaseBook, optional
        The cases of the store.
    is_privileged : bool, default=False
        Whether counsel asked for the report.
    is_masked : bool, default=False
        Whether parties are pseudonyms: no section then reads a name (`analytics.masking.edition`).
    """

    def __init__(
        self,
        store: Store,
        period: Period,
        book: CaseBook | None = None,
        *,
        is_privileged: bool = False,
        is_masked: bool = False,
    ) -> None:
        self._opened: Store = store
        self.store_id = id_of_store(store)
        self.period = period
        self.book = book or CaseBook()
        self.is_privileged = is_privileged
        self.is_masked = is_masked
        if is_masked:
            masked = MaskedStore(store)
            self._opened, self.book = masked, replace(self.book, rows=masked.case_rows(self.book.rows))
        self.reads = Reads()
        self.store = self.reads.noting_store(self._opened)
        self._measured: dict[str, Any] = {}

    def of(self, section: Section[Measured]) -> Measured:
        """Return what a section measured.

        Parameters
        ----------
        section : Section
            Any section, of this report or another.

        Returns
        -------
        Any
            What its ``measure`` gives.
        """
        if section.key not in self._measured:
            with self.reads.by(section.key):
                self._measured[section.key] = section.measure(self)
        self.reads.note(*self.reads.of(section.key))
        return cast("Measured", self._measured[section.key])

    @property
    def cases(self) -> Mapping[str, str]:
        """Of flags that investigators hold, the case with its state."""
        return self.book.said

    @property
    def tables(self) -> Tables:
        """The published tables that the measures are taken from."""
        return self.reads.noting_tables(self._tables)

    @cached_property
    def data_days(self) -> tuple[date, date] | None:
        """First and last day with a shipment."""
        return data_days(self._opened)

    @property
    def headline(self) -> Headline:
        """The figures of the strip, with those of the spans before."""
        found = self._headline
        self.reads.note(*self.reads.of(_HEADLINE))
        return found

    @cached_property
    def _tables(self) -> Tables:
        return read_tables(self._opened)

    @cached_property
    def _headline(self) -> Headline:
        with self.reads.by(_HEADLINE):
            return measure_headline(self.tables, self.period)
