"""What a resolution has counted over its whole file, kept so that a later one reckons alike.

How much a name, a telephone or an address tells depends on how many share it. When new parties come, those counts would
move a little for everybody, and every pair would have to be weighed anew. So they are taken once, at a resolution of
everybody, and kept: a value that was there counts as it did then, a value that is new counts as nobody else's.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from functools import cache, cached_property
from importlib.metadata import version
from pathlib import Path
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.columns import Column
from analytics.identity.records.hashing import NOTHING, Hashes, hashes, mixed
from analytics.identity.records.records import Numbers, Records
from analytics.identity.scoring.calibration import default_calibration
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["COUNTED", "FROZEN", "WORDS", "FrozenState", "Reckoned", "hashed_with", "made_with", "words_of"]

COUNTED = ("given", "surname", "name", "address", "phone", "email", "email_domain", "postal", "city", "state")
"""Columns of which comparisons ask how many share a value."""
FROZEN = {"part": pl.String, "name": pl.String, "hash": pl.UInt64, "number": pl.Float64}
"""Columns of a frozen state as a table."""
WORDS = "word"
"""The name under which the words of firms are counted."""
_WHOLE, _WEIGHTS = "whole", "weight"
_OF_WORDS = ("whole_name", "rare_word", "second_word")
_COUNT_BITS = np.uint64(40)

Counts = Mapping[str, tuple[Hashes, Numbers]]


@dataclass(frozen=True)
class Reckoned(Records):
    """Records among which values count as they did when a state was frozen.

    Attributes
    ----------
    state : FrozenState
        The state.
    size : int or None
        Number of records to reckon with, where it is not that of the records.
    """

    state: FrozenState | None = None
    size: int | None = None

    def __len__(self) -> int:
        return super().__len__() if self.size is None else self.size

    def _counted(self, column: str, values: Column) -> NDArray[np.int32]:
        """How many records shared each value; 1 for a value that was not there, 0 for null."""
        if self.state is None:
            return super()._counted(column, values)
        hashed = self._told(column, column)
        known = _looked_up(hashed, *self.state.counts[column])
        return np.where(hashed == NOTHING, 0, np.maximum(known, 1)).astype(np.int32)

    def hash(self, column: str) -> Hashes:
        """Hash of each value; which word of a firm is the rarest is told by the counts of then."""
        if column in _OF_WORDS and column not in self._hashes and self.state is not None:
            super().hash("whole_name")
            rare, second = _rare_words(self.firms, *self.state.counts[WORDS])
            self._hashes.update(rare_word=rare, second_word=second)
        return super().hash(column)

    @cached_property
    def kinship_of_names(self) -> float:
        """As it was told then."""
        return self.state.kinship if self.state is not None else super().kinship_of_names


@dataclass(frozen=True)
class FrozenState:
    """What a resolution of everybody has counted.

    Attributes
    ----------
    made_with : str
        The model and the program; another one freezes anew.
    size : int
        Records there were.
    kinship : float
        See `Records.kinship_of_names`.
    counts : mapping
        Column (and ``word``: the words of firms) to hashes, ascending, and how many shared them; 1 is left out.
    version : str
        Version of the model as it had adapted.
    intercept : float
        Its intercept.
    weights : mapping
        Comparison to the weights of its levels, as they had adapted.
    """

    made_with: str
    size: int
    kinship: float
    counts: Counts
    version: str
    intercept: float
    weights: Mapping[str, NDArray[np.float64]]

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, learned: PairScorer) -> FrozenState:
        """Freeze what a resolution of everybody has counted and learned.

        Parameters
        ----------
        records : Records
            Everybody.
        scorer : PairScorer
            The model as it came, or as it was refitted.
        learned : PairScorer
            The model as it had adapted to the file.
        """
        counted = cls.counted(records) if records.remote is None else records.remote.counted()
        return replace(
            counted,
            made_with=made_with(scorer),
            version=learned.version,
            intercept=learned.intercept,
            weights=learned.weights,
        )

    @classmethod
    def counted(cls, records: Records) -> FrozenState:
        """What is counted of records that are here, with nothing learned."""
        counts: dict[str, tuple[Hashes, Numbers]] = {column: records.shared_values(column) for column in COUNTED}
        counts[WORDS] = _shared(words_of(records))
        return FrozenState("", max(len(records), 1), records.kinship_of_names, counts, "", 0.0, {})

    def learned(self, base: PairScorer) -> PairScorer:
        """The model as it had adapted, from the one that comes with the program."""
        return replace(base, version=self.version, intercept=self.intercept, weights=dict(self.weights))

    def holds(self, scorer: PairScorer, size: int, growth: float) -> bool:
        """Whether its counts still stand for a file.

        Parameters
        ----------
        scorer : PairScorer
            The model in use.
        size : int
            Records there are now.
        growth : float
            Share by which they may have become more or fewer.
        """
        return self.made_with == made_with(scorer) and growth > 0 and abs(size - self.size) <= growth * self.size

    def blocked(self, records: Records) -> Reckoned:
        """Records as they are paired."""
        return self._reckoned(records)

    def compared(self, records: Records) -> Reckoned:
        """Records as they are compared: among as many as there were then."""
        return self._reckoned(records, self.size)

    def _reckoned(self, records: Records, size: int | None = None) -> Reckoned:
        columns = {name: column.afresh() for name, column in records.columns.items()}
        remote = None if records.remote is None else records.remote.under(self)
        return Reckoned(columns, records.content, records.row_record, records.extra, remote, state=self, size=size)

    def to_frame(self) -> pl.DataFrame:
        """The state as one table, sorted."""
        figures = [("size", 0, float(self.size)), ("kinship", 0, self.kinship), ("intercept", 0, self.intercept)]
        figures += [(self.made_with, 1, 0.0), (self.version, 2, 0.0)]
        weights = [
            (name, level, float(weight)) for name, each in self.weights.items() for level, weight in enumerate(each)
        ]
        rows = [*((_WHOLE, *row) for row in figures), *((_WEIGHTS, *row) for row in weights)]
        frames = [pl.DataFrame(rows, schema=FROZEN, orient="row")]
        for column, (values, counts) in self.counts.items():
            shared = pl.DataFrame({"hash": values.astype(np.uint64), "number": counts.astype(np.float64)})
            frames.append(shared.select(part=pl.lit(column), name=pl.lit(""), hash="hash", number="number"))
        return pl.concat(frames).sort("part", "name", "hash")

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Self | None:
        """Read a state from its table; None where there is none."""
        whole = frame.filter(part=_WHOLE)
        if whole.is_empty():
            return None
        figures = dict(whole.filter(pl.col("hash") == 0).select("name", "number").iter_rows())
        weights = {
            str(name): rows.sort("hash")["number"].to_numpy()
            for (name,), rows in frame.filter(part=_WEIGHTS).group_by("name", maintain_order=True)
        }
        counts = {}
        for column in (*COUNTED, WORDS):
            rows = frame.filter(part=column).sort("hash")
            counts[column] = (rows["hash"].to_numpy(), rows["number"].to_numpy().astype(np.int64))
        made_with, version = (whole.filter(pl.col("hash") == mark)["name"].item() for mark in (1, 2))
        told = version, figures["intercept"], weights
        return cls(made_with, int(figures["size"]), figures["kinship"], counts, *told)

    def save(self, file: Path) -> None:
        """Write the state to a Parquet file."""
        self.to_frame().write_parquet(file)

    @classmethod
    def load(cls, file: Path) -> Self | None:
        """Read a state from a Parquet file."""
        return cls.from_frame(pl.read_parquet(file, glob=False))


def made_with(scorer: PairScorer) -> str:
    """Name what a state can be used with: model and calibration, and the program with what hashes values in it."""
    return f"{scorer.version}, calibration {default_calibration().mark}, {hashed_with()}"


@cache
def hashed_with() -> str:
    """Name the program and what hashes values in it."""
    return f"splitship {version('splitship')}, polars {version('polars')}"


def words_of(records: Records) -> Hashes:
    """Every word of every firm."""
    return hashes(records.firms.drop_nulls().str.split(" ").explode())


def _shared(values: Hashes) -> tuple[Hashes, Numbers]:
    """Values that more than one has, and how many."""
    known, counts = np.unique(values[values != NOTHING], return_counts=True)
    return known[counts > 1], counts[counts > 1].astype(np.int64)


def _rare_words(names: pl.Series, known: Hashes, counts: Numbers) -> tuple[Hashes, Hashes]:
    """The rarest word of each name and the next one, as `analytics.identity.records.hashing.word_hashes` ranks them."""
    rarest, second = (np.zeros(len(names), dtype=np.uint64) for _ in range(2))
    words = names.drop_nulls().str.split(" ")
    if not len(words):
        return rarest, second
    rows = np.flatnonzero(names.is_not_null().to_numpy())
    size = words.list.len().to_numpy().astype(np.int64)
    start = np.cumsum(size) - size
    word = hashes(words.explode())
    count = np.maximum(_looked_up(word, known, counts), 1).astype(np.uint64)
    ranked = (count << _COUNT_BITS) | (word >> (np.uint64(64) - _COUNT_BITS))
    first = np.minimum.reduceat(ranked, start)
    nobody = np.iinfo(np.uint64).max
    others = np.where(ranked == np.repeat(first, size), nobody, ranked)
    next_one = np.minimum.reduceat(others, start)
    rarest[rows] = mixed(first) | np.uint64(1)
    second[rows] = np.where(next_one == nobody, NOTHING, mixed(next_one) | np.uint64(1))
    return rarest, second


def _looked_up(values: Hashes, known: Hashes, counts: Numbers) -> Numbers:
    """Count of each value; 0 where it is not known."""
    if not len(known):
        return np.zeros(len(values), dtype=np.int64)
    place = np.minimum(np.searchsorted(known, values), len(known) - 1)
    return np.where(known[place] == values, counts[place], 0)
