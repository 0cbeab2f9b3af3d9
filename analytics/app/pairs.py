"""Pairs of aliases for review: which come first, and how the two are written side by side."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import polars as pl

from analytics.cases.dossier_identity import FIELDS
from analytics.errors import UsageError
from analytics.masking.texts import HIDDEN
from analytics.reports.evidence import marked
from analytics.review.proposals import worth_most
from analytics.store.asking import ask

if TYPE_CHECKING:
    from analytics.app.context import Server
    from analytics.opened import OpenedStore

__all__ = ["Field", "money_pairs", "side_by_side"]

_MOST = 200
_FIELDS = {**FIELDS, "account": ("consignee_id_issuer", "consignee_id")}
_QUERY = "select * from aliases where alias_id in ($one, $other)"


@dataclass(frozen=True)
class Field:
    """One field of two aliases.

    Attributes
    ----------
    name, relation : str
        The field; same, differs, on one side only, or on neither.
    left, right : list of tuple
        Words, each with whether the other side lacks it.
    """

    name: str
    relation: str
    left: list[tuple[str, bool]]
    right: list[tuple[str, bool]]


def money_pairs(server: Server, store: OpenedStore) -> pl.DataFrame:
    """Return the pairs on which most money hangs, most first; computed once a run and verdict."""
    found: pl.DataFrame = server.remembered("pairs", lambda: worth_most(store, _MOST))
    return found


def side_by_side(
    store: OpenedStore, left: str, right: str, *, masked: bool
) -> tuple[dict[str, dict[str, Any]], list[Field]]:
    """Return two aliases, and field by field how they are written.

    Parameters
    ----------
    store : OpenedStore
        Where they are.
    left, right : str
        Alias ids.
    masked : bool
        Say what is the same and what differs, and not what it is.

    Raises
    ------
    UsageError
        One of them is not known.
    """
    found = ask(store, ["aliases"], _QUERY, {"one": left, "other": right})
    rows = {row["alias_id"]: row for row in found.iter_rows(named=True)}
    if {left, right} - set(rows):
        raise UsageError("an alias of this pair is not in the store any more. Go on with the next pair.")
    return rows, [
        _field(name.capitalize(), columns, rows[left], rows[right], masked) for name, columns in _FIELDS.items()
    ]


def _field(name: str, columns: tuple[str, ...], left: dict[str, Any], right: dict[str, Any], masked: bool) -> Field:
    one, other = (" ".join(str(row[column]) for column in columns if row[column]) for row in (left, right))
    words = [(mark.word, mark.is_different) for mark in marked(one, other)]
    others = [(mark.word, mark.is_different) for mark in marked(other, one)]
    relation = _relation(one, other, any(is_different for _, is_different in (*words, *others)))
    if masked:
        words, others = ([(HIDDEN, False)] if text else [] for text in (one, other))
    return Field(name, relation, words, others)


def _relation(one: str, other: str, is_different: bool) -> str:
    if one and other:
        return "differs" if is_different else "same"
    return "on one side only" if one or other else "on neither side"
