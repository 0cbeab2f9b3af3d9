"""Compared pairs: the level of every comparison, and the match probability by a model.

Levels take some sixty bytes a pair. Where they are not needed later, pairs are scored batch by batch and only the
probability is kept.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from functools import partial
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.records.arrays import Mask, Numbers
from analytics.identity.records.records import PairWork, Records
from analytics.identity.scoring.calibration import Calibration, default_calibration
from analytics.identity.scoring.caps import capped
from analytics.identity.scoring.compare.numbers import tax_conflicts
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rules import evidence, in_doubt, other_generations, undecided
from analytics.identity.scoring.scorer import PairScorer, probabilities

__all__ = ["ComparedPairs", "ScoredPairs", "over_pairs"]

CHUNK = 131_072
"""Pairs compared at a time."""
SMALL_CHUNK = 32_768
"""Pairs scored at a time."""

_LEVEL = "level of "
"""Begins the name of a column with the levels of a comparison."""


@dataclass(frozen=True)
class ComparedPairs:
    """Compared pairs of a file.

    Attributes
    ----------
    size : int
        Records of the file.
    left, right : ndarray
        The pairs.
    found : mapping
        Level of every comparison for every pair.
    is_forbidden : ndarray of bool
        Pairs that must stay apart whatever they score.
    log_odds : ndarray
        What the model says.
    """

    size: int
    left: Numbers
    right: Numbers
    found: dict[str, Levels]
    is_forbidden: Mask
    log_odds: NDArray[np.float64]

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, left: Numbers, right: Numbers, threads: int = 1) -> Self:
        """Compare pairs, batch by batch on several threads or where the records are."""
        result = over_pairs(records, left, right, partial(_compared, scorer), threads)
        levels = [name for name in result.columns if name.startswith(_LEVEL)]
        found = {name.removeprefix(_LEVEL): result[name].cast(pl.UInt8).to_numpy() for name in levels}
        return cls(len(records), left, right, found, result["is_forbidden"].to_numpy(), result["log_odds"].to_numpy())

    def scored_by(self, scorer: PairScorer, extra: Mapping[str, str], threads: int = 1) -> Self:
        """Score the same pairs by another model."""
        return replace(self, log_odds=self._batchwise(lambda batch: scorer.log_odds(batch.found, extra), threads))

    @classmethod
    def all_of(cls, batches: Sequence[Self]) -> Self:
        """Batches of pairs of one file as one, in their order."""
        left, right, forbidden, log_odds = (
            np.concatenate([getattr(batch, name) for batch in batches])
            for name in ("left", "right", "is_forbidden", "log_odds")
        )
        found = {name: np.concatenate([batch.found[name] for batch in batches]) for name in batches[0].found}
        return cls(batches[0].size, left, right, found, forbidden, log_odds)

    def some(self, rows: Numbers) -> Self:
        """The pairs at some places, their records numbered anew."""
        ends, numbered = np.unique(np.concatenate([self.left[rows], self.right[rows]]), return_inverse=True)
        return replace(
            self,
            size=len(ends),
            left=numbered[: len(rows)],
            right=numbered[len(rows) :],
            found={name: levels[rows] for name, levels in self.found.items()},
            is_forbidden=self.is_forbidden[rows],
            log_odds=self.log_odds[rows],
        )

    def at(self, part: slice | Numbers) -> Self:
        """The pairs at some places, their records numbered as they are."""
        return replace(
            self,
            left=self.left[part],
            right=self.right[part],
            found={name: levels[part] for name, levels in self.found.items()},
            is_forbidden=self.is_forbidden[part],
            log_odds=self.log_odds[part],
        )

    def probability(self, extra: Mapping[str, str], threads: int = 1) -> NDArray[np.float64]:
        """Probability that each pair is one party: capped where the pair is in doubt, and calibrated."""
        return self._batchwise(lambda batch: batch._probability(extra, default_calibration()), threads)

    def uncalibrated(self, extra: Mapping[str, str], threads: int = 1) -> NDArray[np.float64]:
        """The same as it is before `Calibration` shrinks it."""
        return self._batchwise(lambda batch: batch._probability(extra, None), threads)

    def _probability(self, extra: Mapping[str, str], calibration: Calibration | None) -> NDArray[np.float64]:
        doubted, barred = in_doubt(self.found, extra), undecided(self.found, extra)
        kind = evidence(self.found, extra)
        held = capped(probabilities(self.log_odds), doubted, barred, kind > 0)
        if calibration is None:
            return held
        return calibration.applied(held, kind, self.found["firm_name"] > 0, self.found["firm_or_person"] > 0)

    def _batchwise(self, work: Callable[[Self], NDArray[np.float64]], threads: int) -> NDArray[np.float64]:
        """What work makes of the pairs, batch by batch on several threads; a batch stays in a core's own memory."""
        parts = [slice(start, start + SMALL_CHUNK) for start in range(0, max(len(self), 1), SMALL_CHUNK)]
        with ThreadPoolExecutor(threads) as pool:
            return np.concatenate(list(pool.map(lambda part: work(self.at(part)), parts)))


@dataclass(frozen=True)
class ScoredPairs:
    """Pairs of a file with their match probabilities.

    Attributes
    ----------
    left, right : ndarray
        The pairs.
    probability : ndarray
        That each pair is one party, capped where the pair is in doubt.
    is_forbidden : ndarray of bool
        Pairs that must stay apart whatever they score.
    """

    left: Numbers
    right: Numbers
    probability: NDArray[np.float64]
    is_forbidden: Mask

    def __len__(self) -> int:
        return len(self.left)

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, left: Numbers, right: Numbers, threads: int = 1) -> Self:
        """Compare pairs, batch by batch on several threads or where the records are."""
        result = over_pairs(records, left, right, partial(_scored, scorer), threads)
        return cls(left, right, result["probability"].to_numpy(), result["is_forbidden"].to_numpy())

    @classmethod
    def from_compared(cls, compared: ComparedPairs, extra: Mapping[str, str], threads: int = 1) -> Self:
        """Return what is kept of compared pairs."""
        return cls(compared.left, compared.right, compared.probability(extra, threads), compared.is_forbidden)

    def forbidding(self, further: Mask) -> Self:
        """The pairs, of which some more must stay apart."""
        return replace(self, is_forbidden=self.is_forbidden | further)

    @classmethod
    def all_of(cls, batches: Sequence[Self]) -> Self:
        """Batches of pairs of one file as one, in their order."""
        names = ("left", "right", "probability", "is_forbidden")
        return cls(*(np.concatenate([getattr(batch, name) for batch in batches]) for name in names))


def over_pairs(records: Records, left: Numbers, right: Numbers, work: PairWork, threads: int = 1) -> pl.DataFrame:
    """What is made of pairs of records, in their order.

    Parameters
    ----------
    records : Records
        The parties.
    left, right : ndarray
        The pairs.
    work : callable
        What is made of a batch of pairs. Where the keys of the records are with the workers of a cluster it is sent
        there.
    threads : int
        Threads to work on, batch by batch.
    """
    if records.remote is not None:
        return records.remote.over_pairs(left, right, work)
    parts = [slice(start, start + CHUNK) for start in range(0, max(len(left), 1), CHUNK)]
    if len(parts) > 1 and threads > 1:
        few = records.few()
        compare(Pairs(few, np.array([0]), np.array([1])))
        records.precompute_like(few, threads)
    with ThreadPoolExecutor(threads) as pool:
        made = pool.map(lambda part: work(records, left[part], right[part]), parts)
        return pl.concat(list(made), rechunk=True)


def _compared(scorer: PairScorer, records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """What is found of pairs, whether they must stay apart and what the model says."""
    found, is_forbidden, log_odds = _looked_at(scorer, records, left, right)
    columns = {_LEVEL + name: levels for name, levels in found.items()}
    return pl.DataFrame({**columns, "is_forbidden": is_forbidden, "log_odds": log_odds})


def _scored(scorer: PairScorer, records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """What is kept of pairs once they are compared."""
    found, is_forbidden, log_odds = _looked_at(scorer, records, left, right)
    settled = ComparedPairs(len(records), left, right, found, is_forbidden, log_odds).probability(records.extra)
    return pl.DataFrame({"probability": settled, "is_forbidden": is_forbidden})


def _looked_at(
    scorer: PairScorer, records: Records, left: Numbers, right: Numbers
) -> tuple[dict[str, Levels], Mask, NDArray[np.float64]]:
    pairs = Pairs(records, left, right)
    found = compare(pairs)
    return found, tax_conflicts(pairs) | other_generations(found), scorer.log_odds(found, records.extra)
