"""Method and law: the rules in force, how an excess is read, what was tested."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

from analytics.errors import UnknownTable
from analytics.reports.law import READINGS, other_answers, rules_in_force
from analytics.reports.periods import Period
from analytics.reports.section import Contents, Section, Table
from analytics.reports.tables import Store
from analytics.reports.wording import money, name_of
from analytics.rulebook import past_the_tables

__all__ = ["SECTION", "Method"]


WORDS = {
    "objective": "Follows from figures and rule alone.",
    "inferred": (
        "Rests on something that was missing and was inferred, such as an origin, a mode or whose order number it is."
    ),
    "supporting": "A reason to look, never enough alone.",
    "value at issue": (
        "Value that would lose the exemption or informal entry. Flags that share a shipment count as one: its low and "
        "base are those of the largest flag, and its high never exceeds what its shipments are worth."
    ),
    "explained": (
        "A flag whose shipments show an innocent explanation where the rule asks for purpose. It stays on record and "
        "is in no figure."
    ),
    "week of a flag": "The week of its last day.",
}
"""What the words of the report mean."""


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


def _tables(found: Method) -> list[Table]:
    """Return the rules in force, the interpretations, the words, and what was tested."""
    status = [
        [name_of(row["typology"]), row["tested"], f"{row['rows']:,}", f"{row['flags']:,}"]
        for row in found.status.iter_rows(named=True)
    ]
    tables = [
        _rule_table(found.rules),
        Table(("Interpretation", "What it means"), list(READINGS.items()), "What an excess means"),
        Table(("Word", "What it means"), list(WORDS.items()), "Words"),
        Table(("Question", "Answer"), found.answers, "Open questions answered otherwise than by default"),
        Table(("Typology", "Tested", "On shipments", "Flags and leads"), status, "What was tested", frozenset({2, 3})),
    ]
    return [table for table in tables if table.rows]


def _rule_table(rules: pl.DataFrame) -> Table:
    rows = [
        [
            row["rule_id"],
            row["provision"].replace("_", " "),
            row["origin_scope"],
            row["mode_scope"],
            money(row["limit_amount"], row["limit_currency"]),
            row["status"].replace("by_reg", "by regulation").replace("_", " "),
            f"{row['valid_from']}\n{row['valid_to'] or 'open'}",
            f"{row['source']} ({row['confidence']})",
        ]
        for row in rules.iter_rows(named=True)
    ]
    headings = ("Rule", "Provision", "Origin", "Mode", "Limit", "Status", "From, until", "Source and confidence")
    note = (
        "“Until” is the first day on which the row no longer holds. Confidence says how well the row is sourced; a row "
        "that is not official should be confirmed before it carries a filing."
    )
    return Table(headings, rows, "Rules in force in this period", frozenset({4}), note)


def _says(found: Method) -> list[str]:
    return [*found.past_the_tables, f"The base takes the interpretation “{found.reading}” where a flag is about a day."]


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
    tables=_tables,
    says=_says,
    words={"readings": READINGS, "terms": WORDS},
)
