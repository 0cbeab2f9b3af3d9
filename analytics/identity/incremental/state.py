"""What a full resolution leaves to incremental runs: the frequencies of its file, and the model as it had adapted.

When new parties come, frequencies would move a little for everybody, and every pair would have to be scored anew. So
they are taken once, at a full resolution, and kept: a value that was there counts as it did then, a value that is new
counts as nobody else's. The adapted weights are kept beside them, in the same table, for both hold or neither does.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Self

import polars as pl

from analytics.identity.records.frequencies import FROZEN, Frequencies
from analytics.identity.records.frozen import FrozenRecords
from analytics.identity.records.hashing import hashed_with
from analytics.identity.records.records import Records
from analytics.identity.scoring.calibration import default_calibration
from analytics.identity.scoring.scorer import AdaptedWeights, PairScorer

__all__ = ["FrozenState", "made_with"]

_WHOLE, _WEIGHTS = "whole", "weight"
_MADE_WITH, _VERSION = 1, 2
"""Stand in place of a hash where a row holds a name."""


@dataclass(frozen=True)
class FrozenState:
    """Frequencies and weights of a full resolution.

    Attributes
    ----------
    made_with : str
        The model and the program; another one freezes anew.
    frequencies : Frequencies
        How many records shared each value.
    adapted : AdaptedWeights
        The weights of the model as it had adapted to the file.
    """

    made_with: str
    frequencies: Frequencies
    adapted: AdaptedWeights

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, learned: PairScorer) -> Self:
        """Freeze what a full resolution has counted and learned.

        Parameters
        ----------
        records : Records
            Everybody.
        scorer : PairScorer
            The model as it came, or as it was refitted.
        learned : PairScorer
            The model as it had adapted to the file.
        """
        return cls(made_with(scorer), records.frequencies(), learned.adapted)

    def learned(self, base: PairScorer) -> PairScorer:
        """The model as it had adapted, from the one that comes with the program."""
        return base.with_adapted(self.adapted)

    def holds(self, scorer: PairScorer, size: int, growth: float) -> bool:
        """Whether its frequencies still stand for a file.

        Parameters
        ----------
        scorer : PairScorer
            The model in use.
        size : int
            Records there are now.
        growth : float
            Share by which they may have become more or fewer.
        """
        then = self.frequencies.size
        return self.made_with == made_with(scorer) and growth > 0 and abs(size - then) <= growth * then

    def blocked(self, records: Records) -> FrozenRecords:
        """Records as they are paired."""
        return FrozenRecords.for_blocking(records, self.frequencies)

    def compared(self, records: Records) -> FrozenRecords:
        """Records as they are compared."""
        return FrozenRecords.for_comparing(records, self.frequencies)

    def to_frame(self) -> pl.DataFrame:
        """The state as one table, sorted."""
        adapted = self.adapted
        rows: list[tuple[str, str, int, float]] = [
            (_WHOLE, "intercept", 0, adapted.intercept),
            (_WHOLE, self.made_with, _MADE_WITH, 0.0),
            (_WHOLE, adapted.version, _VERSION, 0.0),
        ]
        for name, levels in adapted.weights.items():
            rows += [(_WEIGHTS, name, level, float(weight)) for level, weight in enumerate(levels)]
        learned = pl.DataFrame(rows, schema=FROZEN, orient="row")
        return pl.concat([self.frequencies.to_frame(), learned]).sort("part", "name", "hash")

    @classmethod
    def from_frame(cls, frame: pl.DataFrame) -> Self | None:
        """Read a state from its table; None where there is none."""
        whole = frame.filter(part=_WHOLE)
        if whole.is_empty():
            return None
        weights = {
            str(name): rows.sort("hash")["number"].to_numpy()
            for (name,), rows in frame.filter(part=_WEIGHTS).group_by("name", maintain_order=True)
        }
        made, version = (whole.filter(pl.col("hash") == mark)["name"].item() for mark in (_MADE_WITH, _VERSION))
        intercept = whole.filter(name="intercept")["number"].item()
        return cls(made, Frequencies.from_frame(frame), AdaptedWeights(version, intercept, weights))

    @classmethod
    def load(cls, file: Path) -> Self | None:
        """Read a state from a Parquet file."""
        return cls.from_frame(pl.read_parquet(file, glob=False))


def made_with(scorer: PairScorer) -> str:
    """Name what a state can be used with: model and calibration, and the program with what hashes values in it.

    The weights are in it beside the version: a model that was trained again under its old name is another model.
    """
    return f"{scorer.version} {scorer.digest()}, calibration {default_calibration().mark}, {hashed_with()}"
