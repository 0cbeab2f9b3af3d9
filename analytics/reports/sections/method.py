"""Method and law: the rules in force, how an excess is read, what was tested."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.errors import UnknownTable
from analytics.reports.law import READINGS, other_answers, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section
from analytics.reports.tables import Store
from analytics.rulebook import past_the_tables

__all__ = ["SECTION", "Method"]


@dataclass(frozen=True)
class Method:
    """What the flags of the period follow from.

    Attributes
    ----------
    rules : polars.DataFrame
        The rows of the limits table in force on some day of the period.
    past_the_tables : list of str
        Which parts of the law tables the period goes past, in sentences.
    reading : str
        The reading of an excess that the base takes.
    answers : list of tuple
        Open questions that the run answered otherwise than by default, with the answer.
    status : polars.DataFrame
        The table ``typology_status``.
    """

    rules: pl.DataFrame
    past_the_tables: list[str]
    reading: str
    answers: list[tuple[str, str]]
    status: pl.DataFrame

    @property
    def regimes(self) -> list[str]:
        """Whose law was applied."""
        return sorted(self.rules["regime"].unique())


def _measure(contents: Contents) -> Method:
    tables = contents.tables
    return Method(
        rules=rules_in_force(tables, contents.period),
        past_the_tables=_past_the_tables(contents.store, contents.period),
        reading=tables.reading,
        answers=other_answers(tables.scenario),
        status=tables.typology_status,
    )


def _past_the_tables(store: Store, period: Period) -> list[str]:
    """Say what the period goes past; nothing of a store that was made before the tables told their age."""
    try:
        reviews = store.table("ref_reviews").collect()
    except UnknownTable:
        return []
    return past_the_tables(reviews, period.end)


SECTION = Section(
    key="method",
    place=120,
    title="Method and law",
    lead=(
        "Shipments are summed for one person on one day, under the rule of their own origin, mode and day. Shipments "
        "over the limit alone are set aside first: they are not a split. Two shipments or more whose sum exceeds the "
        "limit make a flag; exactly the limit passes. Informal entries are summed by order, by bill and conveyance, "
        "and by mailing, under the limit of informal entry."
    ),
    measure=_measure,
    words={"readings": READINGS},
)
