"""The parties of a run: spellings and the records they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Literal

import numpy as np
import polars as pl

from analytics.contracts.steps import Engine, SpreadEngine
from analytics.identity.candidates.pruning import Brought
from analytics.identity.grouping.cohesion_tables import Aliases
from analytics.identity.records.preparing import NAMED, collapsed
from analytics.identity.records.records import Numbers, Records
from analytics.identity.records.remote import read_records

__all__ = ["People"]

_ENDS: tuple[tuple[int, Literal["left", "right"]], ...] = ((0, "left"), (-1, "right"))


@dataclass(frozen=True)
class People:
    """Aliases with the day they were first seen, and the records they are.

    Attributes
    ----------
    alias_id : Series of str
        Every alias, sorted.
    first_day : Series of date
        The day each was first seen.
    records : Records
        The distinct parties; ``row_record`` is -1 for an alias that stands for nobody.
    """

    alias_id: pl.Series
    first_day: pl.Series
    records: Records

    @classmethod
    def of(cls, engine: Engine) -> People:
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

    def let_go(self) -> None:
        """Let go of what workers were given."""
        if self.records.remote is not None:
            self.records.remote.let_go()

    @cached_property
    def aliases(self) -> Aliases:
        """Those that stand for somebody."""
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

    def brought(self, engine: Engine) -> Brought:
        """Read what every record brought, of the parties that are somebody."""
        parts = []
        for batch in engine.batches("int_parties__weighed_by_unit", ("alias_id", "unit", "share"), "alias_id"):
            found = self.found(batch)
            parts.append((found["record"], found["unit"].hash(seed=11), found["share"]))
        return Brought(*(np.concatenate([part[side].to_numpy() for part in parts]) for side in range(3)))
