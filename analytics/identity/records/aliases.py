"""The consignees of a run: every alias, the day it was first seen, and the record it is."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine, SpreadEngine
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.preparing import NAMED, collapsed
from analytics.identity.records.records import Records
from analytics.identity.records.remote import read_records

__all__ = ["AT_A_TIME", "Aliases", "Consignees"]

AT_A_TIME = 131_072
"""Rows of a batch."""

_ENDS: tuple[tuple[int, Literal["left", "right"]], ...] = ((0, "left"), (-1, "right"))


@dataclass(frozen=True)
class Aliases:
    """The aliases that name a party.

    Attributes
    ----------
    alias_id : Series of str
        Each of them, sorted.
    record : ndarray of int
        The record of each.
    size : int
        Number of records.
    """

    alias_id: pl.Series
    record: Numbers
    size: int

    def batches(self) -> Iterator[slice]:
        """So many at a time; one batch at least."""
        return (slice(start, start + AT_A_TIME) for start in range(0, max(len(self.record), 1), AT_A_TIME))

    @cached_property
    def first_row(self) -> Numbers:
        """Where the smallest alias of each record stands."""
        first = np.empty(self.size, dtype=np.int64)
        first[self.record[::-1]] = np.arange(len(self.record))[::-1]  # the last that is written is the smallest
        return first

    def at(self, rows: Numbers) -> pl.Series:
        """Return the aliases at some places."""
        return self.alias_id.gather(pl.Series(rows, dtype=pl.UInt32))

    def first_of(self, records: Numbers) -> pl.Series:
        """Return the alias that stands for each of some records: its smallest."""
        return self.at(self.first_row[records])

    def every_one_of(self, records: Numbers) -> pl.DataFrame:
        """Every ``alias_id`` of some records, beside its ``record``."""
        is_asked = np.zeros(self.size, dtype=bool)
        is_asked[records] = True
        rows = np.flatnonzero(is_asked[self.record])
        return pl.DataFrame({"record": self.record[rows], "alias_id": self.at(rows)})


@dataclass(frozen=True)
class Consignees:
    """All aliases of a run, the day each was first seen, and the records they are.

    Attributes
    ----------
    alias_id : Series of str
        Every alias, sorted.
    first_day : Series of date
        The day each was first seen.
    records : Records
        The distinct parties; ``row_record`` is -1 for an alias that names no party.
    """

    alias_id: pl.Series
    first_day: pl.Series
    records: Records

    @classmethod
    def of(cls, engine: Engine) -> Consignees:
        """Read parties with their keys batch by batch, or numbers about them where keys stay with workers."""
        if isinstance(engine, SpreadEngine):
            return cls(*read_records(engine))
        seen: list[pl.DataFrame] = []

        def keys_of_batches() -> Iterator[pl.DataFrame]:
            for batch in engine.batches("party_keys", None, "alias_id"):
                seen.append(batch.select(NAMED))
                yield batch.drop(NAMED)

        records = collapsed(keys_of_batches(), {})
        every = pl.concat(seen, rechunk=True)
        return cls(every["alias_id"], every["first_day"], records)

    def release(self) -> None:
        """Drop the tables that workers were given."""
        if self.records.remote is not None:
            self.records.remote.release()

    @cached_property
    def aliases(self) -> Aliases:
        """Those that name a party."""
        is_somebody = self.records.row_record >= 0
        alias_id = self.alias_id.filter(pl.Series(is_somebody))
        return Aliases(alias_id, self.records.row_record[is_somebody], len(self.records))

    def grouped(self, group: Numbers) -> pl.DataFrame:
        """Those aliases with the day they were first seen and the group of their record."""
        first_day = self.first_day.filter(pl.Series(self.records.row_record >= 0))
        aliases = self.aliases
        return pl.DataFrame({"alias_id": aliases.alias_id, "first_day": first_day, "group": group[aliases.record]})

    def found(self, rows: pl.DataFrame) -> pl.DataFrame:
        """Rows of known aliases, sorted by ``alias_id``, with the record of each."""
        if rows.is_empty():
            return rows.with_columns(record=pl.lit(0, pl.Int64))
        low, high = (self.alias_id.search_sorted(rows["alias_id"][end], side) for end, side in _ENDS)
        among = slice(int(low), int(high))
        known = pl.DataFrame({"alias_id": self.alias_id[among], "record": self.records.row_record[among]})
        return rows.join(known.filter(pl.col("record") >= 0), on="alias_id")
