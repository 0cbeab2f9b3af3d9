"""Term frequencies of a file: how many of its records share each value.

An equal name, telephone or address is weaker evidence the more records share it. Frequencies belong to a file and the
weights to a model: a file is compared with its own frequencies, or, in an incremental run, with those frozen at the
last full resolution.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl

from analytics.identity.records.arrays import Numbers
from analytics.identity.records.hashing import NOTHING, Hashes, hashes

__all__ = ["COUNTED", "FROZEN", "WORDS", "Frequencies", "name_lift", "pairs_sharing", "shared", "words_of"]

COUNTED = ("given", "surname", "name", "address", "phone", "email", "email_domain", "postal", "city", "state")
"""Columns whose frequencies comparisons ask for."""
WORDS = "word"
"""The name under which the words of firms are counted."""
FROZEN = {"part": pl.String, "name": pl.String, "hash": pl.UInt64, "number": pl.Float64}
"""Columns of frozen frequencies, and of a frozen state, as a table."""
MOST_LIFT = 100.0
_WHOLE, _LIFT = "whole", "kinship"
"""Names in the table; the second is what stores of the first version call `Frequencies.name_lift`."""


@dataclass(frozen=True)
class Frequencies:
    """How many records of a file share each value.

    Attributes
    ----------
    size : int
        Records of the file; 1 where there are none.
    name_lift : float
        See `name_lift`.
    counts : mapping
        Column (and ``word``: the words of firms) to hashes, ascending, and how many share them; 1 is left out.
    """

    size: int
    name_lift: float
    counts: Mapping[str, tuple[Hashes, Numbers]]

    def of(self, column: str, values: Hashes) -> Numbers:
        """How many records share each of these values; 1 for a value that is new, 0 for null."""
        known, counts = self.counts[column]
        if not len(known):
            return np.where(values == NOTHING, 0, 1)
        place = np.minimum(np.searchsorted(known, values), len(known) - 1)
        found: Numbers = np.where(known[place] == values, counts[place], 1)
        found[values == NOTHING] = 0
        return found

    def to_frame(self) -> pl.DataFrame:
        """The frequencies as one table, sorted."""
        figures = [(_WHOLE, "size", 0, float(self.size)), (_WHOLE, _LIFT, 0, self.name_lift)]
        frames = [pl.DataFrame(figures, schema=FROZEN, orient="row")]
        for column, (values, counts) in self.counts.items():
            held = pl.DataFrame({"hash": values.astype(np.uint64), "number": counts.astype(np.float64)})
            frames.append(held.select(part=pl.lit(column), name=pl.lit(""), hash="hash", number="number"))
        return pl.concat(frames).sort("part", "name", "hash")

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Self:
        """Read frequencies from a table that holds them."""
        figures = dict(frame.filter(pl.col("hash") == 0, part=_WHOLE).select("name", "number").iter_rows())
        counts = {}
        for column in (*COUNTED, WORDS):
            rows = frame.filter(part=column).sort("hash")
            counts[column] = (rows["hash"].to_numpy(), rows["number"].to_numpy().astype(np.int64))
        return cls(int(figures["size"]), figures[_LIFT], counts)

    @classmethod
    def load(cls, file: Path) -> Self:
        """Read frequencies from a Parquet file."""
        return cls.from_frame(pl.read_parquet(file, glob=False))


def words_of(firms: pl.Series) -> Hashes:
    """Every word of every firm."""
    return hashes(firms.drop_nulls().str.split(" ").explode())


def shared(values: Hashes) -> tuple[Hashes, Numbers]:
    """Values that more than one has, ascending, and how many."""
    known, counts = np.unique(values[values != NOTHING], return_counts=True)
    return known[counts > 1], counts[counts > 1].astype(np.int64)


def name_lift(named: int, names: float, names_in_state: float, states: float, given: float, surnames: float) -> float:
    """How much more often than by chance a given name and a surname occur together: both come from one culture.

    Measured on pairs of one whole name in two states, hardly any of which are one party.

    Parameters
    ----------
    named : int
        Records with a given name, a surname and a state.
    names, names_in_state, states, given, surnames : float
        Pairs of them that share the value.
    """
    apart = 1 - states / max(named * (named - 1) / 2, 1)
    expected = 2 * given * surnames / max(named, 1) ** 2 * apart
    return float(np.clip((names - names_in_state + 1) / (expected + 1), 1, MOST_LIFT))


def pairs_sharing(values: Hashes) -> float:
    """Pairs of records that share a value."""
    counts = np.unique(values, return_counts=True)[1].astype(float)
    return float((counts * (counts - 1) / 2).sum())
