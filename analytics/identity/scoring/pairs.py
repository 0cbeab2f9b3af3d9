"""Pairs of records, and the few ways in which two values are compared.

Every way answers for many pairs at once. Cheap questions come first: hashes tell what is equal, beginnings and ends
tell which spellings are worth measuring, and only those few are measured letter by letter.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, TypeVar

import numpy as np
import polars as pl
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler, Prefix
from rapidfuzz.fuzz import token_set_ratio

from analytics.identity.records.arrays import Mask, Numbers
from analytics.identity.records.hashing import NOTHING, Hashes, hashes
from analytics.identity.records.records import Records
from analytics.parties.keys import UNKNOWN

__all__ = ["Measures", "Pairs"]

Measures = NDArray[np.float32]

Worked = TypeVar("Worked")

OTHER_LETTERS = 4
"""Letters that only one of two spellings has from which they are not close."""
TURNED = 2
"""Letters that differ where two are turned round."""
FAR = 99
"""Stands for more typing errors than anybody makes."""
_UNKNOWN = hashes(pl.Series([UNKNOWN]))[0]


@dataclass(frozen=True)
class Pairs:
    """Pairs of records to be compared.

    Attributes
    ----------
    records : Records
        The parties.
    left, right : ndarray
        Record numbers.
    """

    records: Records
    left: Numbers
    right: Numbers
    _sides: dict[str, tuple[Hashes, Hashes]] = field(default_factory=dict, repr=False)
    _worked: dict[str, Any] = field(default_factory=dict, repr=False)
    _texts: dict[tuple[str, str], tuple[Any, ...]] = field(default_factory=dict, repr=False)
    _chosen_from: tuple[Pairs, Numbers] | None = field(default=None, repr=False)

    def __len__(self) -> int:
        return len(self.left)

    def some(self, rows: Numbers) -> Pairs:
        """The pairs at some places; what was looked up of these is not looked up again."""
        return Pairs(self.records, self.left.take(rows), self.right.take(rows), _chosen_from=(self, rows))

    def once(self, name: str, work: Callable[[Pairs], Worked]) -> Worked:
        """What `work` makes of these pairs, done once and kept under a name."""
        if name not in self._worked:
            self._worked[name] = work(self)
        worked: Worked = self._worked[name]
        return worked

    def sides(self, column: str) -> tuple[Hashes, Hashes]:
        """Hashes of a column on the left and on the right."""
        known = self._known_sides(column)
        if known is None:
            look_up = self.records.hash_at
            known = self._sides[column] = look_up(column, self.left), look_up(column, self.right)
        return known

    def _known_sides(self, column: str) -> tuple[Hashes, Hashes] | None:
        """Hashes that were looked up before, of these pairs or of those that they were chosen from."""
        if column not in self._sides and self._chosen_from is not None:
            whole, rows = self._chosen_from
            known = whole._known_sides(column)
            if known is not None:
                self._sides[column] = known[0].take(rows), known[1].take(rows)
        return self._sides.get(column)

    def both(self, column: str, other: str | None = None) -> Mask:
        """Neither side is empty."""
        mask: Mask = (self.sides(column)[0] != NOTHING) & (self.sides(other or column)[1] != NOTHING)
        return mask

    def one_only(self, column: str) -> Mask:
        """Exactly one side is empty."""
        left, right = self.sides(column)
        mask: Mask = (left != NOTHING) ^ (right != NOTHING)
        return mask

    def same(self, column: str, other: str | None = None) -> Mask:
        """Both sides hold the same value; with `other`, left's `column` is right's `other`."""
        left, right = self.sides(column)[0], self.sides(other or column)[1]
        mask: Mask = (left == right) & (left != NOTHING)
        return mask

    @cached_property
    def is_firm(self) -> Mask:
        """One side at least is a firm."""
        left, right = self.sides("firm")
        mask: Mask = (left != NOTHING) | (right != NOTHING)
        return mask

    @cached_property
    def may_be_firms(self) -> Mask:
        """Neither side is known for a firm, and one at least may be."""
        left, right = self.sides("party_class")
        mask: Mask = ((left == _UNKNOWN) | (right == _UNKNOWN)) & ~self.is_firm
        return mask

    @cached_property
    def may_both_be_firms(self) -> Mask:
        """Neither side is known for a firm, and both may be."""
        mask: Mask = self.may_be_firms & self.same("party_class")
        return mask

    @cached_property
    def is_crossed(self) -> Mask:
        """Given name and surname agree better crosswise than straight."""
        crossed = self.same("given", "surname").astype(np.int8) + self.same("surname", "given")
        straight = self.same("given").astype(np.int8) + self.same("surname")
        mask: Mask = crossed > straight
        return mask

    def where(self, chosen: Mask, holds: Callable[[Pairs], Mask]) -> Mask:
        """Which of the chosen pairs it holds for: no others are looked at."""
        answer = np.zeros(len(self), dtype=bool)
        rows = np.flatnonzero(chosen)
        answer[rows] = holds(self.some(rows))
        return answer

    def worth_measuring(self, column: str, other: str | None = None) -> Mask:
        """Spellings that begin with the same letter or end in the same three, and have much the same letters."""
        other = other or column
        ends = self.same(f"{column}<1", f"{other}<1") | self.same(f"{column}>3", f"{other}>3")
        left, right = self.records.alphabet_at(column, self.left), self.records.alphabet_at(other, self.right)
        contained = (left & right) == np.where(left < right, left, right)
        mask: Mask = ends & ((np.bitwise_count(left ^ right) <= OTHER_LETTERS) | contained)
        return mask

    def one_slip(self, column: str, where: Mask) -> Mask:
        """Short codes of the chosen pairs that are one typing error apart."""
        rows = np.flatnonzero(where)
        left, right = (self.records.letters_at(column, side.take(rows)) for side in (self.left, self.right))
        apart = _letters_apart(left ^ right)
        one, other = (length.astype(np.int8) for length in self.some(rows).lengths(column))
        likely = np.where(one == other, apart <= TURNED, np.abs(one - other) == 1)
        answer = np.zeros(len(self), dtype=bool)
        answer[rows[likely]] = self.some(rows[likely]).edits(column, np.ones(likely.sum(), dtype=bool)) <= 1
        return answer

    def edits(self, column: str, where: Mask, other: str | None = None) -> Measures:
        """Typing errors between the chosen pairs (optimal string alignment), `FAR` elsewhere."""
        return self._measured(OSA.distance, column, other or column, where, FAR)

    def closeness(self, column: str, where: Mask, other: str | None = None) -> Measures:
        """Jaro-Winkler similarity of the chosen pairs, 0 elsewhere."""
        return self._measured(JaroWinkler.similarity, column, other or column, where, 0)

    def opening(self, column: str, where: Mask, other: str | None = None) -> Measures:
        """Letters that the chosen pairs have in common from the first on, 0 elsewhere."""
        return self._measured(Prefix.similarity, column, other or column, where, 0)

    def shared_words(self, column: str, where: Mask, other: str | None = None) -> Measures:
        """Token set ratio, 0 to 100, of the chosen pairs, 0 elsewhere."""
        return self._measured(token_set_ratio, column, other or column, where, 0)

    def lengths(self, column: str, other: str | None = None) -> tuple[NDArray[np.uint32], NDArray[np.uint32]]:
        """Letters of a column on the left, and of `other` on the right."""
        return self.records.length_at(column, self.left), self.records.length_at(other or column, self.right)

    def crowd(self, column: str) -> Numbers:
        """How many records share the value, on the side that more share."""
        look_up = self.records.count_at
        larger: Numbers = np.maximum(look_up(column, self.left), look_up(column, self.right))
        return larger

    def texts(self, column: str, other: str, rows: Numbers) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Texts of the chosen pairs (ascending), left's `column` and right's `other`; kept for the next question."""
        known, left, right = self._texts.get((column, other), (rows[:0], None, None))
        place = np.searchsorted(known, rows)
        if len(known) and place.max(initial=0) < len(known) and np.array_equal(known[place], rows):
            return left.take(place), right.take(place)
        found = self.records.text(column, self.left[rows]), self.records.text(other, self.right[rows])
        self._texts[column, other] = (rows, *found)
        return found

    def _measured(self, scorer: Any, column: str, other: str, where: Mask, elsewhere: float) -> Measures:
        answer = np.full(len(self), elsewhere, dtype=np.float32)
        rows = np.flatnonzero(where)
        if len(rows):
            left, right = self.texts(column, other, rows)
            answer[rows] = process.cpdist(left, right, scorer=scorer, dtype=np.float32)
        return answer


def _letters_apart(difference: Hashes) -> NDArray[np.uint8]:
    """How many of the eight letters of each word differ: bytes of the difference that are not nought."""
    folded = difference | (difference >> np.uint64(4))
    folded |= folded >> np.uint64(2)
    folded |= folded >> np.uint64(1)
    apart: NDArray[np.uint8] = np.bitwise_count(folded & np.uint64(0x0101010101010101)).sum(axis=1, dtype=np.uint8)
    return apart
