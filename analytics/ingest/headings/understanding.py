"""Which heading is which column: the mapping first, then the columns' own names, then the known aliases."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from analytics.contracts.fields import compared_by
from analytics.errors import MappingError
from analytics.ingest.headings.columns.cancellations import ask_about_cancelled, read_mapped_statuses
from analytics.ingest.headings.columns.claims import (
    claims_of,
    holds_tax_ids,
    known_among,
    named_currency,
    named_factor,
    recognised,
)
from analytics.ingest.headings.columns.contents import Contents
from analytics.ingest.headings.columns.deciding import settle
from analytics.ingest.headings.columns.parties import of_others
from analytics.ingest.headings.columns.places import read_mapped_places
from analytics.ingest.headings.columns.plans import ColumnPlan, ColumnUse
from analytics.ingest.headings.columns.settling import Case
from analytics.ingest.headings.nested import number_paths
from analytics.ingest.headings.text import shown_names
from analytics.ingest.mapping.expressions import names_in
from analytics.ingest.mapping.needed import missing, wrongly_named
from analytics.ingest.mapping.settings import SourceSettings
from analytics.ingest.questions import Question, as_error
from analytics.ingest.words.canonical import COLUMNS, MONEY, TAX_IDS
from analytics.ingest.words.references import find, matches

__all__ = ["ColumnPlan", "ColumnUse", "plan_columns", "recognised", "understand"]

_CONTACTS = compared_by("phone", "email")


def plan_columns(
    name: str, headings: Sequence[str], settings: SourceSettings, contents: Contents | None = None
) -> ColumnPlan:
    """Decide which heading is which column.

    Parameters
    ----------
    name : str
        The input, for messages.
    headings : sequence of str
        In the order of the input.
    settings : SourceSettings
        What the mapping says.
    contents : Contents, optional
        The cells, which settle what the headings leave open.

    Raises
    ------
    AmbiguousInput
        Two headings could be the same column.
    MappingError
        The mapping names a heading that is not there, or a needed column is missing.
    """
    plan, questions = understand(headings, settings, contents)
    if questions:
        raise as_error(name, questions)
    return plan


def understand(
    headings: Sequence[str], settings: SourceSettings, contents: Contents | None = None
) -> tuple[ColumnPlan, list[Question]]:
    """Decide which heading is which column as far as that is certain, and ask the rest.

    Parameters
    ----------
    headings, settings, contents
        As for `plan_columns`.

    Returns
    -------
    tuple
        The plan, without the columns that are asked; the questions.
    """
    names = shown_names(headings, known_among(headings))
    asked = wrongly_named(headings, names, settings)
    uses = {column: use for column, use in _mapped(headings, settings).items() if column not in asked}
    taken = frozenset(use.heading for use in uses.values())
    case = Case(names, claims_of(headings), contents or Contents(), uses, taken, settings.places)
    asked |= settle(case, {*COLUMNS} - settings.columns.keys()) | read_mapped_places(case, settings.columns)
    if "record_action" in settings.columns:
        read_mapped_statuses(case)
    else:
        chosen = {found.at for name in (*settings.where, *settings.where_not) for found in matches(name, headings)}
        asked |= ask_about_cancelled(case, chosen)
    uses = {column: use for column, use in case.uses.items() if use != ColumnUse()}
    hidden: set[int] = {at for at, heading in enumerate(headings) if holds_tax_ids(heading)}
    hidden |= {use.heading for column in TAX_IDS if (use := uses.get(column)) and use.heading is not None}
    minor = [
        f"{column} is read as hundredths, as {names[use.heading]!r} says"
        for column, use in uses.items()
        if column in MONEY and use.factor and use.heading is not None
    ]
    plan = ColumnPlan(tuple(headings), uses, frozenset(hidden), (*case.notes, *minor))
    filled = {*(column for column, use in uses.items() if use.cancels is None), *_constant(settings)}
    free = sorted({*plan.free, *of_others(headings)})
    inside = {at: number_paths(case.contents.first(at) or "") for at in free} if _lacks_value(filled, asked) else {}
    contacts = [use.heading for column in _CONTACTS if (use := uses.get(column)) and use.heading is not None]
    return plan, [*asked.values(), *missing(headings, names, filled, free, asked, inside, contacts)]


def _constant(settings: SourceSettings) -> list[str]:
    """Return the columns that the mapping fills with a constant."""
    return [column for column, value in settings.constants.items() if value]


def _lacks_value(filled: Collection[str], asked: Collection[str]) -> bool:
    return "declared_value" not in {*filled, *asked}


def _mapped(headings: Sequence[str], settings: SourceSettings) -> dict[str, ColumnUse]:
    """Read what the mapping says; an empty heading leaves the column out."""
    for column, written in settings.columns.items():
        for name in names_in(written) if "{" in written else []:
            if any(holds_tax_ids(headings[found.at]) for found in matches(name, headings)):
                raise MappingError(
                    f"{settings.origin}: {column} would show the tax ids under {name!r}. Use another heading."
                )
    return {column: _use(column, written, headings) for column, written in settings.columns.items()}


def _use(column: str, written: str, headings: Sequence[str]) -> ColumnUse:
    """Return where a column comes from that the mapping names."""
    if not written:
        return ColumnUse()
    found = find(written, headings)
    if found is None or found.path or "{" in written:
        return ColumnUse(template=written)
    heading = headings[found.at]
    currency, factor = named_currency(column, heading), named_factor(column, heading)
    return ColumnUse(heading=found.at, currency=currency, factor=factor)
