"""What a resolution leaves to the next run: its pairs and groups, by the content of its records."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
import polars as pl

from analytics.identity.grouping.resolution import Resolution
from analytics.identity.incremental.state import FrozenState
from analytics.identity.records.arrays import Floats, Mask
from analytics.identity.records.hashing import Hashes
from analytics.identity.records.records import Records
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["SCORED", "Known", "freeze"]

SCORED = {"left": pl.UInt64, "right": pl.UInt64, "probability": pl.Float64, "is_forbidden": pl.Boolean}
"""Columns of scored pairs as a table; a record that stands in a row of its own, left and right, is known by itself."""


@dataclass(frozen=True)
class Known:
    """What the last resolution knew of pairs and groups, by the content of its records.

    Attributes
    ----------
    record : ndarray of uint64
        Content of every record, ascending.
    group : ndarray of uint64
        For each of them the content of one record of its group, the same for the whole group.
    left, right : ndarray of uint64
        Content of the records of each compared pair, the smaller first.
    probability : ndarray
        Of each pair, as it was settled.
    is_forbidden : ndarray of bool
        Pairs that no score may join.
    """

    record: Hashes
    group: Hashes
    left: Hashes
    right: Hashes
    probability: Floats
    is_forbidden: Mask

    @classmethod
    def nothing(cls) -> Self:
        """Before the first resolution."""
        empty = np.empty(0, dtype=np.uint64)
        return cls(empty, empty, empty, empty, np.empty(0), np.empty(0, dtype=bool))

    @classmethod
    def of(cls, records: Records, found: Resolution, *, keeps_pairs: bool = True) -> Self:
        """What a resolution leaves to the next: after a pruned run no pairs, since the next compares anew."""
        held = records.content
        head = np.zeros(int(found.group.max(initial=-1)) + 1, dtype=np.uint64)
        np.maximum.at(head, found.group, held)
        order = np.argsort(held)
        kept = slice(None) if keeps_pairs else slice(0)
        one, other = held[found.left[kept]], held[found.right[kept]]
        return cls(
            held[order],
            head[found.group][order],
            np.minimum(one, other),
            np.maximum(one, other),
            found.probability[kept],
            (found.is_forbidden & ~found.has_rival)[kept],
        )

    def records_frame(self) -> pl.DataFrame:
        """Records and their groups as a table."""
        return pl.DataFrame({"record": self.record, "group": self.group})

    def pairs_frame(self) -> pl.DataFrame:
        """Compared pairs as a table, sorted."""
        columns = (self.left, self.right, self.probability, self.is_forbidden)
        return pl.DataFrame(dict(zip(SCORED, columns, strict=True)), schema=SCORED).sort("left", "right")

    @classmethod
    def from_frames(cls, records: pl.DataFrame, pairs: pl.DataFrame) -> Self:
        """Read what was known from its two tables."""
        known = records.sort("record")
        return cls(
            *(known[name].to_numpy() for name in ("record", "group")), *(pairs[name].to_numpy() for name in SCORED)
        )


def freeze(
    records: Records, found: Resolution, scorer: PairScorer, *, keeps_pairs: bool = True
) -> tuple[FrozenState, Known]:
    """Keep what a resolution has counted, learned and scored.

    Parameters
    ----------
    records : Records
        Everybody.
    found : Resolution
        What `analytics.identity.grouping.resolution.resolve` made of them.
    scorer : PairScorer
        The model it was given.
    keeps_pairs : bool, default=True
        False after a pruned run.
    """
    return FrozenState.of(records, scorer, found.learned), Known.of(records, found, keeps_pairs=keeps_pairs)
