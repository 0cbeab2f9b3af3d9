"""Records whose values count by frequencies frozen at an earlier resolution."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.identity.records.arrays import Numbers
from analytics.identity.records.columns import Column
from analytics.identity.records.frequencies import WORDS, Frequencies
from analytics.identity.records.hashing import Hashes
from analytics.identity.records.records import Records

__all__ = ["FrozenRecords"]


@dataclass(frozen=True)
class FrozenRecords(Records):
    """Records among which values count as they did when frequencies were frozen.

    Attributes
    ----------
    frozen : Frequencies or None
        The frequencies; None counts among the records, as `Records` does.
    size : int or None
        Size of the file for frequencies, where it is not the number of records.
    """

    frozen: Frequencies | None = None
    size: int | None = None

    @classmethod
    def for_blocking(cls, records: Records, frequencies: Frequencies) -> Self:
        """Records as they are paired."""
        return cls._of(records, frequencies, None)

    @classmethod
    def for_comparing(cls, records: Records, frequencies: Frequencies) -> Self:
        """Records as they are compared: among as many as there were then."""
        return cls._of(records, frequencies, frequencies.size)

    @classmethod
    def _of(cls, records: Records, frequencies: Frequencies, size: int | None) -> Self:
        columns = {name: column.afresh() for name, column in records.columns.items()}
        remote = None if records.remote is None else records.remote.frozen(frequencies)
        return cls(columns, records.content, records.row_record, records.extra, remote, frozen=frequencies, size=size)

    def __len__(self) -> int:
        return super().__len__() if self.size is None else self.size

    def _counted(self, column: str, values: Column) -> NDArray[np.int32]:
        """How many records shared each value."""
        if self.frozen is None:
            return super()._counted(column, values)
        return self.frozen.of(column, self._computed(column, column)).astype(np.int32)

    def _word_counts(self, words: Hashes) -> Numbers:
        """How often each word of a firm occurred."""
        return super()._word_counts(words) if self.frozen is None else self.frozen.of(WORDS, words)

    @cached_property
    def name_lift(self) -> float:
        """As it was measured then."""
        return super().name_lift if self.frozen is None else self.frozen.name_lift
