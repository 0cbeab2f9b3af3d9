"""What two identities are to each other: their names, units, phones and e-mail addresses, each as a level."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl
from rapidfuzz.distance import OSA

from analytics.parties.keys import UNKNOWN
from analytics.typologies.possible_daily_limit.names import NAME_LEVELS, Name, name_level

__all__ = [
    "COLUMNS",
    "LEVELS",
    "Party",
    "are_two_people",
    "compared",
    "kind_of",
    "parties_of",
    "place_of",
    "representatives",
]

COLUMNS = (
    "alias_id", "party_class", "name", "firm", "generation", "unit", "house", "street", "box", "postal", "phone",
    "email",
)  # fmt: skip
"""Columns of ``party_keys`` that are looked at."""
LEVELS: Mapping[str, tuple[str, ...]] = {
    "name": NAME_LEVELS,
    "unit": ("same", "other", "one", "none"),
    "phone": ("same", "slip", "other"),
    "email": ("same", "slip", "other"),
}
"""Each sign and its levels. Phone and e-mail count only where both sides have one."""
_MOST_NAMES = 8
_EMAIL_SLIPS = 2
_ZIP_DIGITS = 3
_LIKE_STREET = 0.7


@dataclass(frozen=True)
class Party:
    """What is known of one identity, or of one alias of it."""

    names: tuple[Name, ...]
    places: frozenset[tuple[str, str, str]]
    units: frozenset[str]
    phones: frozenset[str]
    emails: frozenset[str]


def parties_of(rows: Iterable[Mapping[str, Any]], key: str) -> dict[str, Party]:
    """Gather what is known of each identity (or alias) from the keys of its aliases.

    Parameters
    ----------
    rows : iterable of mapping
        Rows with `COLUMNS` and `key`, in an order that does not change.
    key : str
        Column that names whom a row belongs to.
    """
    gathered: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        gathered.setdefault(row[key], []).append(row)
    return {owner: _party(of_it) for owner, of_it in gathered.items()}


def _party(rows: list[Mapping[str, Any]]) -> Party:
    names = list(dict.fromkeys(name for row in rows if (name := _name(row)).words))
    full = [name for name in names if name.is_full]
    return Party(
        tuple((full or names)[:_MOST_NAMES]),
        frozenset(place for row in rows if (place := _place(row))),
        *(frozenset(row[column] for row in rows if row[column]) for column in ("unit", "phone", "email")),
    )


def _place(row: Mapping[str, Any]) -> tuple[str, str, str] | None:
    """House or box, the first digits of the ZIP code, and the street."""
    house = row["house"] or (f"box {row['box']}" if row["box"] else None)
    return (house, row["postal"][:_ZIP_DIGITS], row["street"] or "") if house and row["postal"] else None


def _name(row: Mapping[str, Any]) -> Name:
    is_firm = row["party_class"] == "firm"
    text = row["firm"] if is_firm else row["name"]
    return Name(tuple((text or "").split()), row["generation"], is_firm, row["party_class"] == UNKNOWN)


def compared(one: Party, other: Party) -> dict[str, str | None]:
    """Say for each sign at which level two parties stand; None where it cannot be told."""
    return {
        "name": _names(one.names, other.names),
        "unit": _units(one.units, other.units),
        "phone": _contacts(one.phones, other.phones, 1),
        "email": _contacts(one.emails, other.emails, _EMAIL_SLIPS),
    }


def are_two_people(one: Party, other: Party, name: str | None) -> bool:
    """Whether names alone tell two people: both hold a known given name, and the names are not alike.

    Parameters
    ----------
    one, other : Party
        In any order.
    name : str or None
        The level of their names.
    """
    known = all(any(each.has_known_given for each in party.names) for party in (one, other))
    return name == "two names" or (name == "other" and known)


def kind_of(one: Party, other: Party, place: str) -> str:
    """Return the kind of place at which two stand: in one unit of a building two live as in a dwelling.

    Parameters
    ----------
    one, other : Party
        In any order.
    place : str
        The kind of their place, where it is one.
    """
    if not any(_are_one_place(left, right) for left in one.places for right in other.places):
        return "elsewhere"
    return "dwelling" if one.units & other.units else place


def _are_one_place(left: tuple[str, str, str], right: tuple[str, str, str]) -> bool:
    return left[:-1] == right[:-1] and (
        left[-1] == right[-1] or OSA.normalized_similarity(left[-1], right[-1]) >= _LIKE_STREET
    )


def _names(mine: tuple[Name, ...], theirs: tuple[Name, ...]) -> str | None:
    """The most alike names say it, unless two that are written out are names of two people."""
    levels = [name_level(*sorted((one, other), key=_order)) for one in mine for other in theirs]
    if not levels:
        return None
    if "two names" in levels and not {"same"} & set(levels):
        return "two names"
    return min(levels, key=NAME_LEVELS.index)


def _order(name: Name) -> tuple[tuple[str, ...], str, bool, bool]:
    return name.words, name.generation or "", name.is_firm, name.may_be_firm


def _units(mine: frozenset[str], theirs: frozenset[str]) -> str:
    if mine and theirs:
        return "same" if mine & theirs else "other"
    return "one" if mine or theirs else "none"


def _contacts(mine: frozenset[str], theirs: frozenset[str], slips: int) -> str | None:
    if not mine or not theirs:
        return None
    if mine & theirs:
        return "same"
    near = any(OSA.distance(one, other, score_cutoff=slips) <= slips for one in mine for other in theirs)
    return "slip" if near else "other"


def place_of() -> pl.Expr:
    """Return the house, street and ZIP code of an alias in one key."""
    house = pl.coalesce("house", pl.concat_str(pl.lit("box "), "box"))
    return pl.concat_str(house, pl.col("street").fill_null(""), "postal", separator="|")


def representatives(aliases: pl.DataFrame, pairs: pl.DataFrame) -> list[pl.Series]:
    """Return for each pair the two aliases to ask about: those whose names are most alike.

    Parameters
    ----------
    aliases : polars.DataFrame
        ``identity_id`` and `COLUMNS`, by alias_id.
    pairs : polars.DataFrame
        ``identity_id_l`` and ``identity_id_r``.
    """
    wanted = pl.concat([pairs["identity_id_l"], pairs["identity_id_r"]]).unique()
    rows: dict[str, list[Mapping[str, Any]]] = {}
    for row in aliases.filter(pl.col("identity_id").is_in(wanted.implode())).iter_rows(named=True):
        rows.setdefault(row["identity_id"], []).append(row)
    chosen = [
        _nearest(rows[left], rows[right]) for left, right in pairs.select("identity_id_l", "identity_id_r").rows()
    ]
    return [
        pl.Series(f"alias_id_{side}", [pair[at] for pair in chosen], dtype=pl.String) for at, side in enumerate("lr")
    ]


def _nearest(mine: list[Mapping[str, Any]], theirs: list[Mapping[str, Any]]) -> tuple[str, str]:
    ranked = (
        (
            NAME_LEVELS.index(name_level(*sorted((_name(one), _name(other)), key=_order))),
            one["alias_id"],
            other["alias_id"],
        )
        for one in mine[:_MOST_NAMES]
        for other in theirs[:_MOST_NAMES]
    )
    _, left, right = min(ranked)
    return left, right
