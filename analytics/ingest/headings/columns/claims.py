"""Every column that a heading could be: its own name, a known alias, a party's field, a unit or currency at its end."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from functools import cache

from analytics.ingest.headings.columns.parties import PartyField, by_position, column_of
from analytics.ingest.headings.columns.plans import Claim, ColumnUse
from analytics.ingest.headings.forms import heading_parts, without_marks
from analytics.ingest.words.canonical import COLUMNS, MONEY, TAX_IDS
from analytics.ingest.words.tax_words import names_tax_ids
from analytics.ingest.words.wordlists import codes, currencies, heading_rows, plain

__all__ = [
    "MASKED",
    "ORDER_TOTAL",
    "ROW_TOTAL",
    "UNIT_PRICE",
    "claims_of",
    "holds_tax_ids",
    "known_among",
    "named_currency",
    "named_factor",
    "recognised",
]

MASKED, UNIT_PRICE, ORDER_TOTAL, ROW_TOTAL = "masked", "unit_price", "order_total", "row_total"
"""What a heading may be beside a column: another party's tax id, the price of one unit, the total of order or row."""
_UNIT = "unit"
_OWN_NAME = 0
_SUFFIX = re.compile(r"^(.*?)[\s_(\[/-]+([A-Za-z]{1,9}|US\$)\s*[\])]?\s*$")
_WORD = re.compile(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])|[^\W_A-Za-z]+")
_MONEY_LIKE = (*MONEY, UNIT_PRICE, ORDER_TOTAL, ROW_TOTAL)


def claims_of(headings: Sequence[str]) -> dict[str, list[Claim]]:
    """Return the claims on each column, and on what is no column but must not be taken for one.

    Parameters
    ----------
    headings : sequence of str
        In the order of the input.
    """
    claims: dict[str, list[Claim]] = defaultdict(list)
    for at, (heading, part) in enumerate(zip(headings, by_position(headings), strict=True)):
        for column, claim in _readings(at, heading, part).items():
            claims[column].append(claim)
    return claims


def recognised(headings: Sequence[str]) -> set[str]:
    """Return the columns that some heading could be."""
    return set(claims_of(headings))


def known_among(headings: Sequence[str]) -> list[bool]:
    """Tell of each heading whether it could be a column by itself."""
    return [bool(_readings(at, heading, by_position([heading])[0])) for at, heading in enumerate(headings)]


def holds_tax_ids(heading: str) -> bool:
    """Tell whether a heading is over tax ids: a known alias, or words that say so."""
    known = _readings(0, heading, by_position([heading])[0])
    return names_tax_ids(heading) or bool({*TAX_IDS, MASKED} & known.keys())


def named_factor(column: str, heading: str) -> str | None:
    """Return the worth of the unit that a heading of amounts names at its end, such as cents."""
    found = _SUFFIX.match(without_marks(heading))
    return codes("minor_unit").get(found[2].casefold()) if found and column in MONEY else None


def named_currency(column: str, heading: str) -> str | None:
    """Return the currency that a heading of amounts names at its end."""
    found = _SUFFIX.match(without_marks(heading))
    return currencies().get(found[2].upper()) if found and column in MONEY else None


@cache
def _aliases() -> dict[str, list[tuple[str, int, str]]]:
    """Plain heading to (column, rank, needs); the columns' own names have rank 0."""
    known: dict[str, list[tuple[str, int, str]]] = defaultdict(list)
    for column in COLUMNS:
        known[plain(column)].append((column, _OWN_NAME, ""))
    for row in heading_rows():
        word = plain(row["heading"])
        if all(row["column"] != column for column, _, _ in known[word]):
            known[word].append((row["column"], int(row["rank"]), row["needs"]))
    return dict(known)


def _readings(at: int, heading: str, part: PartyField | None) -> dict[str, Claim]:
    """Every column a heading could be, with its best claim on each."""
    readings = _aliased(at, heading)
    column = column_of(part) if part else None
    if (
        part
        and column
        and _agrees(at, heading, column)
        and (column not in readings or readings[column].rank > part.rank)
    ):
        readings[column] = Claim(at, part.rank, ColumnUse(heading=at))
    return readings


def _agrees(at: int, heading: str, column: str) -> bool:
    """Tell whether no part of a heading in two languages is known as something else."""
    parts = heading_parts(without_marks(heading))
    return all(column in found for part in parts if (found := _read(at, part)))


def _aliased(at: int, heading: str) -> dict[str, Claim]:
    """Read a heading as written, without marks, else what its parts in two languages agree on."""
    for form in dict.fromkeys((heading, without_marks(heading))):
        if found := _read(at, form):
            return found
    parts = [found for part in heading_parts(without_marks(heading)) if (found := _read(at, part))]
    agreed = set.intersection(*map(set, parts)) if parts else set()
    return {column: claim for column, claim in parts[0].items() if column in agreed} if parts else {}


def _read(at: int, form: str) -> dict[str, Claim]:
    return dict([*_without_suffix(at, form), *_whole(at, form)])


def _whole(at: int, spelling: str) -> list[tuple[str, Claim]]:
    known = _aliases().get(plain(spelling), ())
    return [
        (column, Claim(at, rank, ColumnUse(heading=at), needs)) for column, rank, needs in known if needs != _UNIT
    ] or _price_of_one(at, spelling)


def _price_of_one(at: int, spelling: str) -> list[tuple[str, Claim]]:
    """Read what names both money and one unit, in whichever order."""
    words = {plain(word) for word in _WORD.findall(spelling)}
    one = words & codes("single_word").keys() and words & codes("money_word").keys()
    return [(UNIT_PRICE, Claim(at, 1, ColumnUse(heading=at)))] if one else []


def _without_suffix(at: int, spelling: str) -> list[tuple[str, Claim]]:
    """Read a heading without the currency or unit at its end; one that is known as a whole has none."""
    found = _SUFFIX.match(spelling)
    if plain(spelling) in _aliases() or not found:
        return []
    currency = currencies().get(found[2].upper())
    factor, minor = codes("weight_unit").get(found[2].casefold()), codes("minor_unit").get(found[2].casefold())
    readings = []
    for column, rank, needs in _aliases().get(plain(found[1]), ()):
        if currency and column in _MONEY_LIKE:
            readings.append((column, Claim(at, rank, ColumnUse(heading=at, currency=currency))))
        elif minor and column in MONEY:
            readings.append((column, Claim(at, rank, ColumnUse(heading=at, factor=minor))))
        elif factor and (needs == _UNIT or column == "weight_kg"):
            readings.append((column, Claim(at, rank, ColumnUse(heading=at, factor=factor))))
    return readings
