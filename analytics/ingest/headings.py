"""Which heading is which column: the mapping first, then the columns' own names, then the known aliases."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, cached_property

from analytics.errors import MappingError
from analytics.ingest.canonical import COLUMNS, MONEY, TAX_IDS
from analytics.ingest.expressions import names_in
from analytics.ingest.heading_forms import heading_parts, without_marks
from analytics.ingest.heading_text import shown_heading, shown_names
from analytics.ingest.mapping import SourceSettings
from analytics.ingest.needed import missing, wrongly_named
from analytics.ingest.questions import Question, as_error, setting
from analytics.ingest.references import find, matches
from analytics.ingest.tax_words import names_tax_ids
from analytics.ingest.wordlists import codes, currencies, heading_rows, plain

__all__ = ["ColumnPlan", "ColumnUse", "plan_columns", "recognised", "understand"]

_MASKED = "masked"
_UNIT = "unit"
_SUFFIX = re.compile(r"^(.*?)[\s_(\[/-]+([A-Za-z]{1,9}|US\$)\s*[\])]?\s*$")


@dataclass(frozen=True)
class ColumnUse:
    """Where one column comes from.

    Attributes
    ----------
    heading : int or None
        Position of the heading; None for a template.
    template : str or None
        Such as ``{file}:{row}``.
    currency : str or None
        Currency that the heading names, as "Total Value (USD)" does.
    factor : str or None
        What a weight is multiplied with to be kilograms, where the heading names another unit.
    marks : tuple of str
        Decimal mark of each factor, where the template is a product.
    """

    heading: int | None = None
    template: str | None = None
    currency: str | None = None
    factor: str | None = None
    marks: tuple[str, ...] = ()


@dataclass(frozen=True)
class ColumnPlan:
    """How the headings of one input are used.

    Attributes
    ----------
    headings : tuple of str
        As they stand in the input.
    uses : mapping
        Canonical column to where it comes from.
    tax_ids : frozenset of int
        Positions of headings that hold tax ids, used or not: they are hashed before anything is kept.
    """

    headings: tuple[str, ...]
    uses: Mapping[str, ColumnUse]
    tax_ids: frozenset[int]

    @cached_property
    def filled(self) -> dict[int, frozenset[str]]:
        """Position of a heading to the columns that are taken from it, in templates too."""
        columns: dict[int, set[str]] = defaultdict(set)
        for column, use in self.uses.items():
            if use.heading is not None:
                columns[use.heading].add(column)
            for name in names_in(use.template or ""):
                for found in matches(name, self.headings):
                    columns[found.at].add(column)
        return {at: frozenset(names) for at, names in columns.items()}

    @property
    def free(self) -> list[int]:
        """Positions of the headings that no column is taken from."""
        return [at for at, heading in enumerate(self.headings) if at not in self.filled and heading]

    @property
    def unused(self) -> list[str]:
        """Headings that no column is taken from."""
        return [shown_heading(self.headings[at]) for at in self.free]

    @property
    def shown(self) -> dict[str, str]:
        """Canonical column to its heading or template, sorted."""
        return {
            column: (use.template or "") if use.heading is None else shown_heading(self.headings[use.heading])
            for column, use in sorted(self.uses.items())
        }

    @property
    def has_own_key(self) -> bool:
        """False where the shipment number is made from the row's place."""
        return "{row}" not in (self.uses["shipment_id"].template or "")


@dataclass(frozen=True)
class _Claim:
    """One heading that could be one column; where it needs a column, only if another heading is that one."""

    heading: int
    rank: int
    use: ColumnUse
    needs: str = ""


def plan_columns(name: str, headings: Sequence[str], settings: SourceSettings) -> ColumnPlan:
    """Decide which heading is which column.

    Parameters
    ----------
    name : str
        The input, for messages.
    headings : sequence of str
        In the order of the input.
    settings : SourceSettings
        What the mapping says.

    Returns
    -------
    ColumnPlan

    Raises
    ------
    AmbiguousInput
        Two headings could be the same column.
    MappingError
        The mapping names a heading that is not there, or a needed column is missing.
    """
    plan, questions = understand(headings, settings)
    if questions:
        raise as_error(name, questions)
    return plan


def understand(headings: Sequence[str], settings: SourceSettings) -> tuple[ColumnPlan, list[Question]]:
    """Decide which heading is which column as far as that is certain, and ask the rest.

    Parameters
    ----------
    headings : sequence of str
        In the order of the input.
    settings : SourceSettings
        What the mapping says.

    Returns
    -------
    tuple
        The plan, without the columns that are asked; the questions.
    """
    names = shown_names(headings, [bool(_readings(at, heading)) for at, heading in enumerate(headings)])
    asked = wrongly_named(headings, names, settings)
    uses = {column: use for column, use in _mapped(headings, settings).items() if column not in asked}
    claims = _claims(headings)
    taken = {use.heading for use in uses.values()}
    for column, candidates in claims.items():
        free = [claim for claim in candidates if claim.heading not in taken and _stands(claim, claims, uses)]
        if free and column not in {*settings.columns, _MASKED}:
            best = _best(free)
            if len(best) == 1:
                uses[column] = best[0].use
            else:
                asked[column] = _which(column, [names[claim.heading] for claim in best])
    uses = {column: use for column, use in uses.items() if use != ColumnUse()}
    hidden: set[int] = {at for at, heading in enumerate(headings) if _holds_tax_ids(heading)}
    hidden |= {use.heading for column in TAX_IDS if (use := uses.get(column)) and use.heading is not None}
    plan = ColumnPlan(tuple(headings), uses, frozenset(hidden))
    filled = {*uses, *(column for column, value in settings.constants.items() if value)}
    return plan, [*asked.values(), *missing(headings, names, filled, plan.free, asked)]


def _stands(claim: _Claim, claims: Mapping[str, Sequence[_Claim]], uses: Mapping[str, ColumnUse]) -> bool:
    """Tell whether the column that a claim needs is taken from another heading, by the mapping or by a better claim."""
    if not claim.needs:
        return True
    if claim.needs in uses and uses[claim.needs].heading is not None:
        return uses[claim.needs].heading != claim.heading
    return min(claims[claim.needs], key=lambda other: other.rank).heading != claim.heading


def recognised(headings: Sequence[str]) -> set[str]:
    """Return the columns that some heading could be."""
    return set(_claims(headings))


def _mapped(headings: Sequence[str], settings: SourceSettings) -> dict[str, ColumnUse]:
    """Read what the mapping says; an empty heading leaves the column out."""
    for column, written in settings.columns.items():
        for name in names_in(written) if "{" in written else []:
            if any(_holds_tax_ids(headings[found.at]) for found in matches(name, headings)):
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
    return ColumnUse(heading=found.at, currency=_named_currency(column, headings[found.at]))


@cache
def _aliases() -> dict[str, list[tuple[str, int, str]]]:
    """Plain heading to (column, rank, needs); the columns' own names have rank 0."""
    known: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for column in COLUMNS:
        known[plain(column)].append((column, 0, ""))
    for row in heading_rows():
        word = plain(row["heading"])
        if all(row["column"] != column for column, _, _ in known[word]):
            known[word].append((row["column"], int(row["rank"]), row["needs"]))
    return dict(known)


def _holds_tax_ids(heading: str) -> bool:
    """Tell whether a heading is over tax ids: a known alias, or words that say so."""
    aliases = _aliases().get(plain(heading), ())
    return names_tax_ids(heading) or any(column in {*TAX_IDS, _MASKED} for column, _, _ in aliases)


def _claims(headings: Sequence[str]) -> dict[str, list[_Claim]]:
    claims: dict[str, list[_Claim]] = defaultdict(list)
    for at, heading in enumerate(headings):
        for column, claim in _readings(at, heading):
            claims[column].append(claim)
    return claims


def _readings(at: int, heading: str) -> list[tuple[str, _Claim]]:
    """Every column a heading could be: as written, without marks, else what its parts in two languages agree on."""
    for form in dict.fromkeys((heading, without_marks(heading))):
        if found := _readings_of(at, form):
            return found
    parts = [dict(found) for part in heading_parts(without_marks(heading)) if (found := _readings_of(at, part))]
    agreed = set.intersection(*map(set, parts)) if parts else set()
    return [(column, parts[0][column]) for column in parts[0] if column in agreed] if parts else []


def _readings_of(at: int, heading: str) -> list[tuple[str, _Claim]]:
    """Every column one form of a heading could be: as a whole, else without the currency or unit at its end."""
    whole = [
        (column, _Claim(at, rank, ColumnUse(heading=at), needs))
        for column, rank, needs in _aliases().get(plain(heading), ())
        if needs != _UNIT
    ]
    found = _SUFFIX.match(heading)
    if whole or not found:
        return whole
    base, suffix = plain(found[1]), found[2]
    currency = currencies().get(suffix.upper())
    factor = codes("weight_unit").get(suffix.casefold())
    readings = []
    for column, rank, needs in _aliases().get(base, ()):
        if currency and column in MONEY:
            readings.append((column, _Claim(at, rank, ColumnUse(heading=at, currency=currency))))
        elif factor and (needs == _UNIT or column == "weight_kg"):
            readings.append((column, _Claim(at, rank, ColumnUse(heading=at, factor=factor))))
    return readings


def _named_currency(column: str, heading: str) -> str | None:
    found = _SUFFIX.match(heading)
    return currencies().get(found[2].upper()) if found and column in MONEY else None


def _best(candidates: Sequence[_Claim]) -> list[_Claim]:
    rank = min(claim.rank for claim in candidates)
    return [claim for claim in candidates if claim.rank == rank]


def _which(column: str, names: Sequence[str]) -> Question:
    choices = tuple(setting("columns", column, name) for name in names)
    return Question(column, f"{column} could be {' and '.join(map(repr, names))}", choices)
