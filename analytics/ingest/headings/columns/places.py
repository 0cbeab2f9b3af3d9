"""Countries of origin and export, also where airports (IATA) or places (UN/LOCODE) stand for them.

CAN is Canada and Guangzhou, IND is India and Indianapolis: three letters that are both are told by the other cells of
the column, else asked.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, replace

from analytics.ingest.headings.columns.plans import AIRPORTS, LOCODES, Claim, ColumnUse
from analytics.ingest.headings.columns.settling import Case, Verdict
from analytics.ingest.mapping.settings import PLACE_COLUMNS
from analytics.ingest.questions import Question, setting
from analytics.ingest.words.wordlists import airports, countries, plain

__all__ = ["export_country", "origin_country", "read_mapped_places"]

_SAYS_COUNTRY_RANK = 1
_MOST, _FEW = 0.9, 0.1
_LOCODE = re.compile(r"[a-z]{2}[\s-]?[a-z2-9]{3}")
_MOST_NAMED = 3


@dataclass(frozen=True)
class _Kinds:
    """What the cells of a column could be, in rows; `known` leaves out codes that are one country either way."""

    countries: int
    airports: int
    locodes: int
    either: int
    known: int
    examples: tuple[str, ...]


def origin_country(case: Case, claim: Claim) -> Verdict:
    """Take the country of origin, of airports or places the country they are in."""
    return _read(case, "origin_country", claim, says_country=claim.rank <= _SAYS_COUNTRY_RANK)


def export_country(case: Case, claim: Claim) -> Verdict:
    """Take the country of export; a heading of ports only where its cells are codes of airports or places."""
    if claim.needs != "place":
        return _read(case, "export_country", claim, says_country=claim.rank <= _SAYS_COUNTRY_RANK)
    kinds = _kinds(case.contents.counts(claim.heading))
    origin = case.uses.get("origin_country")
    if origin is not None and origin.heading == claim.heading:
        return replace(claim.use, places=origin.places) if origin.places else None
    for rows, places in ((kinds.airports + kinds.either, AIRPORTS), (kinds.locodes, LOCODES)):
        if rows and rows >= _MOST * kinds.known:
            return replace(claim.use, places=places)
    return None


def read_mapped_places(case: Case, columns: Collection[str]) -> dict[str, Question]:
    """Look at what the mapping takes as origin or export: it says which heading, the cells say how to read it.

    Parameters
    ----------
    case : Case
        The input; its uses are changed where codes are read.
    columns : collection of str
        Canonical columns that the mapping names.
    """
    asked: dict[str, Question] = {}
    for column in (column for column in PLACE_COLUMNS if column in columns):
        if (at := case.place(column)) is not None:
            verdict = _read(case, column, Claim(at, _SAYS_COUNTRY_RANK + 1, case.uses[column]), says_country=False)
            if isinstance(verdict, Question):
                asked[column] = verdict
            elif verdict is not None:
                case.uses[column] = verdict
    return asked


def _read(case: Case, column: str, claim: Claim, *, says_country: bool) -> Verdict:
    if said := case.places.get(column):
        return _as_said(claim.use, said)
    kinds = _kinds(case.contents.counts(claim.heading))
    if kinds.either and not _is_told(kinds, says_country=says_country):
        return case.question(
            column,
            f"{case.shown(claim)} holds codes that are countries and airports alike ({', '.join(kinds.examples)})",
            *(setting("places", column, reading) for reading in (AIRPORTS, "countries")),
        )
    coded = kinds.airports + kinds.either
    if kinds.airports and coded >= _MOST * kinds.known:
        return _noted(case, column, claim, AIRPORTS, "airports (IATA)")
    if kinds.locodes and kinds.locodes >= _MOST * kinds.known:
        return _noted(case, column, claim, LOCODES, "places (UN/LOCODE)")
    if says_country or max(kinds.airports, kinds.locodes) <= _FEW * kinds.known:
        return claim.use
    return case.question(
        column,
        f"{case.shown(claim)} holds countries and codes of airports or places side by side",
        *(setting("places", column, reading) for reading in ("countries", AIRPORTS, LOCODES)),
    )


def _as_said(use: ColumnUse, said: str) -> ColumnUse:
    return replace(use, places=None if said == "countries" else said)


def _is_told(kinds: _Kinds, *, says_country: bool) -> bool:
    """Tell whether the other cells say what the codes are that could be both."""
    if kinds.airports and kinds.countries:
        return False
    return says_country or bool(kinds.airports or kinds.countries)


def _noted(case: Case, column: str, claim: Claim, places: str, what: str) -> ColumnUse:
    case.notes.append(f"{column}: {case.shown(claim)} holds codes of {what}; the country of each is taken")
    return replace(claim.use, places=places)


def _kinds(found: dict[str, int]) -> _Kinds:
    rows: Counter[str] = Counter()
    examples = []
    for value, count in found.items():
        kind = _kind(value)
        rows[kind] += count
        if kind == "either":
            examples.append(value.upper())
    return _Kinds(
        rows["country"],
        rows["airport"],
        rows["locode"],
        rows["either"],
        rows.total() - rows["both"],
        tuple(examples[:_MOST_NAMED]),
    )


def _kind(value: str) -> str:
    country, airport = countries().get(plain(value)), airports().get(value.upper())
    if country and airport and country != airport:
        return "either"
    if country:
        return "both" if airport else "country"
    if airport:
        return "airport"
    is_place = _LOCODE.fullmatch(value) and value[:2].upper() in countries().values()
    return "locode" if is_place else "other"
