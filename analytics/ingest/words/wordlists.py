"""The word lists beside this module, as data: headings, codes, countries, currencies."""

from __future__ import annotations

import csv
import re
from collections import defaultdict
from functools import cache
from importlib.resources import files

__all__ = [
    "airports",
    "codes",
    "countries",
    "currencies",
    "heading_rows",
    "hints",
    "party_field_rows",
    "party_rows",
    "plain",
    "row_words",
    "shared_marks",
    "subheadings",
]

_MARKS = re.compile(r"[\W_]+")
"""All but letters and digits."""


def plain(word: str) -> str:
    """Return a word without case, spaces and punctuation: what two spellings of it have in common."""
    return _MARKS.sub("", word.casefold())


@cache
def _rows(name: str) -> tuple[dict[str, str], ...]:
    text = files("analytics.ingest").joinpath("data", name).read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def heading_rows() -> tuple[dict[str, str], ...]:
    """Return the known headings: heading, column, rank, needs."""
    return _rows("headings.csv")


@cache
def hints(column: str) -> frozenset[str]:
    """Return words that headings over a column's values tend to hold: enough to offer them, not to take them."""
    return frozenset(row["word"] for row in _rows("hints.csv") if row["column"] == column)


@cache
def party_rows() -> tuple[dict[str, str], ...]:
    """Return the words for parties: word, party, alone (rank of the word by itself), fields it may have."""
    return _rows("parties.csv")


@cache
def party_field_rows() -> tuple[dict[str, str], ...]:
    """Return the words for a party's fields: word, field, rank, bare (rank without a party)."""
    return _rows("party_fields.csv")


@cache
def codes(kind: str) -> dict[str, str]:
    """Return what is written, in lower case and trimmed, to what it means, for one kind of code."""
    return {row["written"].casefold(): row["meaning"] for row in _rows("codes.csv") if row["kind"] == kind}


@cache
def shared_marks() -> dict[str, tuple[str, ...]]:
    """Return currency marks that several currencies share (a plain dollar sign), with those currencies."""
    marks: dict[str, list[str]] = defaultdict(list)
    for row in _rows("codes.csv"):
        if row["kind"] == "shared_mark":
            marks[row["written"]].append(row["meaning"])
    return {mark: tuple(currencies_) for mark, currencies_ in marks.items()}


@cache
def row_words(kind: str) -> frozenset[str]:
    """Return words in lower case that tell a row or remark which is no data, for one kind: heading_mark or footer."""
    return frozenset(row["written"].casefold() for row in _rows("row_words.csv") if row["kind"] == kind)


@cache
def countries() -> dict[str, str]:
    """Return plain names and codes of countries to ISO 3166 alpha-2."""
    return {plain(row["written"]): row["alpha2"] for row in _rows("countries.csv")}


@cache
def airports() -> dict[str, str]:
    """Return IATA codes of airports and their cities to ISO 3166 alpha-2."""
    return {row["iata"]: row["alpha2"] for row in _rows("airports.csv")}


@cache
def currencies() -> dict[str, str]:
    """Return upper-case codes, names and marks of currencies to ISO 4217."""
    return {row["written"].upper(): row["currency"] for row in _rows("currencies.csv")}


@cache
def subheadings() -> frozenset[str]:
    """Return the subheadings of chapters 01 to 09 of the tariff, six digits each (USITC, HTS of 2025, revision 15)."""
    return frozenset(row["subheading"] for row in _rows("subheadings.csv"))
