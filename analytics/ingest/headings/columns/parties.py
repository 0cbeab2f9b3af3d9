"""Headings of parties: a party and a field of it, as in "Ship To Zip", "Address (Billing)" or "shipper_city".

A heading that names only the field belongs to the party whose headings it follows: in "Shipper, Address, City,
Consignee, Address, City" each address is told by its place. A field that the party has already, or a new name, ends
the block.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache

from analytics.ingest.headings.forms import heading_parts, without_marks
from analytics.ingest.words.wordlists import party_field_rows, party_rows, plain

__all__ = ["PartyField", "by_position", "column_of", "of_others"]

_CONSIGNEE = "consignee"
_PLACED_RANK, _PLACED_SECOND_RANK = 2, 4
_OTHER_NAMES = ("company", "contact")
_COLUMNS = {
    "consignee": {
        field: f"consignee_{field}"
        for field in (
            "name", "address", "address2", "city", "state", "postal_code", "country", "phone", "email", "tax_id", "id",
        )
    },
    "shipper": {field: f"shipper_{field}" for field in ("name", "address", "country")},
    "buyer": {"name": "buyer_name"},
    "importer": {
        "name": "importer_name", "tax_id": "importer_id", "id": "importer_id", "country": "importer_country",
    },
    "seller": {"name": "seller_name", "id": "seller_id"},
}  # fmt: skip


@dataclass(frozen=True)
class PartyField:
    """What a heading says of a party.

    Attributes
    ----------
    party : str
        Such as consignee or shipper; empty where the heading names only the field.
    field : str
        Such as name, address or postal_code.
    rank : int
        How good a claim it is.
    """

    party: str
    field: str
    rank: int


def by_position(headings: Sequence[str]) -> list[PartyField | None]:
    """Return the party and field of each heading, told by its words, else by the headings before it.

    Parameters
    ----------
    headings : sequence of str
        In the order of the input.
    """
    found: list[PartyField | None] = []
    party, filled = "", set[str]()
    for part in map(_party_field, headings):
        if part is None:
            party, filled = "", set()
        elif part.party != party and (part.party or _begins_another(part.field, filled)):
            party, filled = part.party, {part.field}
        else:
            filled = {*filled, part.field}
        found.append(_placed(part, party) if part and party and not part.party else part)
    return found


def of_others(headings: Sequence[str]) -> list[int]:
    """Return the headings that name only a field and are told by their place to be another party's.

    They are offered where the consignee's own are missing.
    """
    return [
        at
        for at, (heading, part) in enumerate(zip(headings, by_position(headings), strict=True))
        if part and part.party not in {"", _CONSIGNEE} and (alone := _party_field(heading)) and not alone.party
    ]


def column_of(part: PartyField) -> str | None:
    """Return the canonical column of a party's field; None where there is none, ``masked`` for a tax id of others."""
    field = "name" if part.field in _OTHER_NAMES else part.field
    return _COLUMNS.get(part.party or _CONSIGNEE, {}).get(field, "masked" if field == "tax_id" else None)


def _begins_another(field: str, filled: set[str]) -> bool:
    """Tell whether a bare field starts the block of another party: it is there already, or a name comes late."""
    return field in filled or (field == "name" and bool(filled - {"id"}))


def _placed(part: PartyField, party: str) -> PartyField:
    rank = _PLACED_SECOND_RANK if part.field in _OTHER_NAMES else _PLACED_RANK
    return replace(part, party=party, rank=rank)


def _party_field(heading: str) -> PartyField | None:
    """Read one heading; of two languages in it, the one that names a party decides."""
    form = without_marks(heading)
    if whole := _known().get(plain(form)):
        return whole
    read = [found for part in heading_parts(form) if (found := _known().get(plain(part)))]
    if len({part.field for part in read}) > 1 or len({part.party for part in read if part.party}) > 1:
        return None
    return min(read, key=lambda part: (not part.party, part.rank), default=None)


@cache
def _known() -> dict[str, PartyField]:
    """Plain heading to what it says; what comes first in the word lists wins."""
    known: dict[str, PartyField] = {}
    fields = [(plain(row["word"]), row["field"], int(row["rank"])) for row in party_field_rows()]
    for row in party_rows():
        party, word = row["party"], plain(row["word"])
        allowed = row["fields"].split()
        if row["alone"]:
            known.setdefault(word, PartyField(party, "name", int(row["alone"])))
        for of_field, field, rank in fields:
            if not allowed or field in allowed:
                for spelling in _orders(word, of_field):
                    known.setdefault(spelling, PartyField(party, field, rank))
    for row in party_field_rows():
        if row["bare"]:
            known.setdefault(plain(row["word"]), PartyField("", row["field"], int(row["bare"])))
    return known


def _orders(party: str, field: str) -> Iterable[str]:
    """Give "Consignee City", "City (Consignee)" and "City of Consignee"."""
    return f"{party}{field}", f"{field}{party}", f"{field}of{party}"
