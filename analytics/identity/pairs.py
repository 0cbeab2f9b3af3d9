"""Pairs of records, and the few ways in which two values are compared.

Every way answers for many pairs at once. Spellings are compared once per distinct pair of values.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import process
from rapidfuzz.distance import OSA, JaroWinkler
from rapidfuzz.fuzz import token_set_ratio

from analytics.identity.records import NOTHING, Records

__all__ = ["Pairs"]

Mask = NDArray[np.bool_]
Numbers = NDArray[np.int64]


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
    threads: int = 1
    _sides: dict[str, tuple[NDArray[np.uint64], NDArray[np.uint64]]] = field(default_factory=dict, repr=False)

    def __len__(self) -> int:
        return len(self.left)

    def sides(self, column: str) -> tuple[NDArray[np.uint64], NDArray[np.uint64]]:
        """Hashes of a column on the left and on the right."""
        if column not in self._sides:
            values = self.records.hash(column)
            self._sides[column] = values[self.left], values[self.right]
        return self._sides[column]

    def both(self, column: str) -> Mask:
        """Neither side is empty."""
        left, right = self.sides(column)
        return (left != NOTHING) & (right != NOTHING)

    def one_only(self, column: str) -> Mask:
        """Exactly one side is empty."""
        left, right = self.sides(column)
        return (left != NOTHING) ^ (right != NOTHING)

    def same(self, column: str, other: str | None = None) -> Mask:
        """Both sides hold the same value; with `other`, left's `column` is right's `other`."""
        left, right = self.sides(column)[0], self.sides(other or column)[1]
        return (left == right) & (left != NOTHING)

    @cached_property
    def is_firm(self) -> Mask:
        """One side at least is a firm."""
        left, right = self.sides("firm")
        return (left != NOTHING) | (right != NOTHING)

    def texts(self, column: str, other: str, rows: Numbers) -> tuple[NDArray[np.object_], NDArray[np.object_]]:
        """Texts of the chosen pairs, left's `column` and right's `other`."""
        return self.records.text(column)[self.left[rows]], self.records.text(other)[self.right[rows]]

    def closeness(self, column: str, where: Mask, other: str | None = None) -> NDArray[np.float32]:
        """Jaro-Winkler similarity of the chosen pairs, 0 elsewhere."""
        return self._scored(JaroWinkler.similarity, column, other or column, where)

    def edits(self, column: str, where: Mask, other: str | None = None) -> NDArray[np.float32]:
        """Typing errors between the chosen pairs (optimal string alignment), 99 elsewhere."""
        answer = np.full(len(self), 99, dtype=np.float32)
        answer[where] = self._scored(OSA.distance, column, other or column, where)[where]
        return answer

    def shared_words(self, column: str, where: Mask) -> NDArray[np.float32]:
        """Token set ratio, 0 to 100, of the chosen pairs, 0 elsewhere."""
        return self._scored(token_set_ratio, column, column, where)

    def _scored(self, scorer: object, column: str, other: str, where: Mask) -> NDArray[np.float32]:
        answer = np.zeros(len(self), dtype=np.float32)
        rows = np.flatnonzero(where)
        if len(rows):
            left, right = self.texts(column, other, rows)
            answer[rows] = process.cpdist(left, right, scorer=scorer, dtype=np.float32, workers=self.threads)
        return answer
