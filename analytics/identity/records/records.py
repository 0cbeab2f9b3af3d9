"""The distinct parties of a frame, as numbers that can be compared by the million.

Rows whose keys are all equal are one record. Records stand in the order of a hash of their content, so that nothing
downstream depends on the order or the number of the rows.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any, Protocol, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.arrays import Numbers
from analytics.identity.records.columns import Column
from analytics.identity.records.frequencies import (
    COUNTED,
    WORDS,
    Frequencies,
    name_lift,
    pairs_sharing,
    shared,
    words_of,
)
from analytics.identity.records.hashing import (
    NOTHING,
    Hashes,
    all_of,
    any_order,
    first_letters,
    hashes,
    letters_used,
    mixed,
    occurrences,
    word_hashes,
)

__all__ = ["Beside", "BlockKeys", "PairWork", "Records", "Remote"]

PairWork = Callable[["Records", Numbers, Numbers], pl.DataFrame]
"""What is made of pairs of records, one row a pair, in their order."""
Beside = Callable[[slice], pl.DataFrame]
"""Columns beside the pairs at some places."""
BlockKeys = Callable[["Records"], pl.DataFrame]
"""Blocking keys of records as a table."""

LETTERS = 16
ALPHABET_LETTERS = 24
"""Letters of a value that are looked at for which of the alphabet it has."""
_BITS = np.zeros(256, dtype=np.uint32)
_BITS[ord("a") : ord("z") + 1] = np.uint32(1) << np.arange(26, dtype=np.uint32)
_BITS[ord("0") : ord("9") + 1] = np.uint32(1) << np.uint32(26)
TOLD_LATER = frozenset({"party_class", "issuer", "account", "name", "address"})
"""Keys that are asked for when everybody has been compared."""
_NAME_WORDS = ("whole_name", "rare_word", "second_word")


class Remote(Protocol):
    """Workers who hold the keys of records, which they are asked for by the number of the record."""

    def frozen(self, frequencies: Frequencies) -> Remote:
        """The same workers, who count values by frozen frequencies."""

    def frequencies(self) -> Frequencies:
        """How many records share each value: as frozen, else counted among the records."""

    def paired(self, keys: BlockKeys, max_block: int, window: int, min_signs: int) -> tuple[Numbers, Numbers]:
        """Pair the records worth comparing, by their blocking keys."""

    def over_pairs(self, left: Numbers, right: Numbers, work: PairWork) -> pl.DataFrame:
        """What is made of pairs, in their order."""

    def write_over_pairs(self, table: str, left: Numbers, right: Numbers, work: PairWork, beside: Beside) -> None:
        """Make a table of what is made of pairs, with columns beside it; it does not come here."""

    def release(self) -> None:
        """Drop the tables that were made for this."""


@dataclass(frozen=True)
class Records:
    """Distinct parties.

    Attributes
    ----------
    columns : mapping of str to Column
        The comparison keys, ``party_class``, ``tax``, ``tax_deletions``, ``issuer``, ``account``, extra columns.
    content : ndarray of uint64
        A number for all that a record holds; the same record has the same in every file.
    row_record : ndarray
        The record of each row of the frame; -1 for rows that stand for nobody.
    extra : mapping
        Kind of each extra column.
    remote : Remote or None
        Who holds the keys, where they are not here: then `columns` are ``party_class``, and numbers that are equal
        where the values are for the keys of accounts.
    """

    columns: dict[str, Column]
    content: Hashes
    row_record: Numbers
    extra: Mapping[str, str] = field(default_factory=dict)
    remote: Remote | None = None
    _hashes: dict[str, Hashes] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.content)

    def hash(self, column: str) -> Hashes:
        """Hash of each record's value, `NOTHING` for null.

        ``name<2`` is its first two letters, ``name>3`` its last three, ``name~`` all of them without the blanks,
        ``given+house`` both together, ``given&surname``
        both in any order.
        """
        if self._is_single(column):
            return self._column(column).of_all(self._computed(column, column))
        if column in _NAME_WORDS and column not in self._hashes:
            self._hashes.update(zip(_NAME_WORDS, word_hashes(self.firms, self._word_counts), strict=True))
            person = any_order(self.hash("given"), self.hash("surname"))
            self._hashes["whole_name"] = np.where(person == NOTHING, self._hashes["whole_name"], person)
        if column not in self._hashes:
            whole, sign = (any_order, "&") if "&" in column else (all_of, "+")
            self._hashes[column] = whole(*(self.hash(part) for part in column.split(sign)))
        return self._hashes[column]

    def hash_at(self, column: str, rows: Numbers) -> Hashes:
        """Hash of the values of some records."""
        if self._is_single(column):
            return self._column(column).at(self._computed(column, column), rows)
        return self.hash(column).take(rows)

    @staticmethod
    def _is_single(column: str) -> bool:
        return "&" not in column and "+" not in column and column not in _NAME_WORDS

    def _column(self, column: str) -> Column:
        """The values of a column; of ``name<2`` and ``name~`` those of ``name``."""
        return self.columns[re.split("[<>~]", column)[0]]

    def _computed(self, column: str, what: str) -> NDArray[Any]:
        """What is computed of each value of a column: one of `_WORKS`, or the hash of the column or its beginning."""
        work = _WORKS.get(what, partial(_hashed, what=what))
        if what == "count":
            work = partial(self._counted, column)
        return self._column(column).computed(what, work)

    def _counted(self, column: str, values: Column) -> NDArray[np.int32]:
        return values.shared_by(self._computed(column, column), NOTHING)

    def _word_counts(self, words: Hashes) -> Numbers:
        """How often each word occurs among them."""
        return occurrences(words)

    def shared_values(self, column: str) -> tuple[Hashes, Numbers]:
        """Hashes of the values that more than one record has, ascending, and how many have each."""
        values, count = self._computed(column, column), self._computed(column, "count")
        known, first = np.unique(values[count > 1], return_index=True)
        return known, count[count > 1][first].astype(np.int64)

    def count_at(self, column: str, rows: Numbers) -> Numbers:
        """How many records share the values of some records; 0 for null."""
        return self._column(column).at(self._computed(column, "count"), rows).astype(np.int64)

    @property
    def firms(self) -> pl.Series:
        """Name of each firm; null for a person."""
        return self.columns["firm"].series()

    def name_parts(self) -> tuple[Hashes, ...]:
        """What `name_lift` counts: whole names, those in a state, states, given names and surnames."""
        area = self.hash("state")
        named = (self.hash("given") != NOTHING) & (self.hash("surname") != NOTHING) & (area != NOTHING)
        whole, given, surname = (self.hash(column)[named] for column in ("whole_name", "given", "surname"))
        return whole, mixed(whole + area[named]), area[named], given, surname

    @cached_property
    def name_lift(self) -> float:
        """See `analytics.identity.records.frequencies.name_lift`."""
        parts = self.name_parts()
        return name_lift(len(parts[0]), *map(pairs_sharing, parts))

    def frequencies(self) -> Frequencies:
        """How many records share each value, wherever the keys are."""
        if self.remote is not None:
            return self.remote.frequencies()
        counts = {column: self.shared_values(column) for column in COUNTED}
        counts[WORDS] = shared(words_of(self.firms))
        return Frequencies(max(len(self), 1), self.name_lift, counts)

    def text(self, column: str, rows: Numbers) -> NDArray[np.object_]:
        """Values of some records as Python text; empty for null."""
        return self.columns[column].text(rows)

    def values(self, columns: Iterable[str], rows: Numbers) -> pl.DataFrame:
        """Values of some records as a frame."""
        return pl.DataFrame({column: self.columns[column].series(rows) for column in columns})

    def letters_at(self, column: str, rows: Numbers) -> Hashes:
        """The first sixteen letters of the values of some records, as two numbers of eight bytes."""
        return self._column(column).at(self._computed(column, "letters"), rows)

    def alphabet_at(self, column: str, rows: Numbers) -> NDArray[np.uint32]:
        """Which letters the values of some records have, one bit each."""
        return self._column(column).at(self._computed(column, "alphabet"), rows)

    def length_at(self, column: str, rows: Numbers) -> NDArray[np.uint32]:
        """Letters of the values of some records; 0 for null."""
        return self._column(column).at(self._computed(column, "length"), rows)

    def precompute_like(self, other: Records, threads: int) -> None:
        """Compute all that other records have computed, on several threads: later threads find it there."""
        asked = [(name, what) for name, column in other.columns.items() for what in column.known]
        with ThreadPoolExecutor(threads) as pool:
            list(pool.map(lambda each: self._computed(*each), sorted(asked, key=lambda each: each[1] == "count")))
            list(pool.map(self.hash, other._hashes))

    def few(self) -> Self:
        """The first two records by themselves, with nothing computed."""
        columns = {name: column.few(2) for name, column in self.columns.items()}
        return replace(self, columns=columns, content=self.content[:2], row_record=np.arange(2), _hashes={})

    def forget(self) -> None:
        """Drop all that was computed: it is computed again where it is asked for."""
        for column in self.columns.values():
            column.forget()
        self._hashes.clear()

    def drop_keys(self) -> None:
        """Drop all keys but those of accounts and kinds of parties: no pair is compared any more."""
        self.forget()
        for name in self.columns.keys() - TOLD_LATER:
            del self.columns[name]


def _hashed(values: Column, what: str) -> Hashes:
    """Hash of each value, or of its beginning or end."""
    if "<" in what:
        return hashes(values.values.str.head(int(what.split("<")[1])))
    if ">" in what:
        return hashes(values.values.str.tail(int(what.split(">")[1])))
    if "~" in what:
        return hashes(values.values.str.replace_all(" ", "", literal=True))
    return hashes(values.values)


_WORKS: dict[str, Callable[[Column], NDArray[Any]]] = {
    "letters": lambda column: first_letters(column.values, LETTERS).view(np.uint64),
    "alphabet": lambda column: letters_used(column.values, ALPHABET_LETTERS, _BITS),
    "length": lambda column: column.values.str.len_bytes().fill_null(0).to_numpy(),
}
"""What else is worked out of values, by name."""
