"""Which pairs of a file are compared, and by which model: it learns from some of them first.

No pair is compared twice: what a comparison finds of a pair is the same for every model.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.components import FLOORS, uncompared_pairs
from analytics.identity.candidates.pruning import LimitShares, expand_seeds, links_beyond, seeds
from analytics.identity.grouping.adaptation import NEAR, adapted, drawn, sampled_share
from analytics.identity.grouping.constraints import NO_PAIRS, concat_pairs
from analytics.identity.records.arrays import Ends, Floats, Mask, Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.scored import ComparedPairs, ScoredPairs
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["FilePairs", "PairComparer", "Pruning"]

AT_A_TIME = 4_000_000
"""Pairs that are compared at a time."""


@dataclass(frozen=True)
class Pruning:
    """Which records can matter.

    Attributes
    ----------
    shares : callable
        Reads what part of a limit each record brought; asked once, when pairs are known.
    groups : int
        In how many neighborhoods the parties of an identity lie at most.
    """

    shares: Callable[[], LimitShares]
    groups: int


@dataclass(frozen=True)
class FilePairs:
    """Scored pairs of a file, which records were compared with all their candidates, and the model before and after."""

    pairs: ScoredPairs
    is_reached: Mask
    learned: PairScorer
    scorer: PairScorer

    def with_components(self, records: Records, threads: int) -> FilePairs:
        """With the pairs of each connected component that were not compared; all pairs stand once."""
        pairs = self.pairs
        further = uncompared_pairs(len(records), pairs.left, pairs.right, pairs.probability)
        return replace(self, pairs=ScoredPairs.all_of([pairs, ScoredPairs.of(records, self.scorer, *further, threads)]))


@dataclass(frozen=True)
class PairComparer:
    """Compares the records of a file: all candidates, or those that can matter."""

    records: Records
    threshold: float
    threads: int
    learns: bool
    shift: Callable[[PairScorer], PairScorer]

    def all_pairs(self, scorer: PairScorer) -> FilePairs:
        """Compare all candidates: a small file once, for the model to learn from all of it."""
        records, pairs = self.records, candidate_pairs(self.records, self.threads)
        if self.learns and sampled_share(len(pairs[0])) == 1:
            compared = ComparedPairs.of(records, scorer, *pairs, self.threads)
            learned = adapted(scorer, compared, records.extra, self.threshold)
            shifted = self.shift(learned)
            again = compared.scored_by(shifted, records.extra, self.threads)
            scored = ScoredPairs.from_compared(again, records.extra, self.threads)
        else:
            learned, sample = self._learned_from_sample(scorer, pairs)
            shifted = self.shift(learned)
            progress = _Progress.of(records, shifted, pairs, self.threads)
            progress.take(sample)
            progress.compare_the_rest()
            scored = progress.all_pairs()
        return FilePairs(scored, np.ones(len(records), dtype=bool), learned, shifted)

    def pruned(self, scorer: PairScorer, pruning: Pruning, accounts: Ends, judged_same: Ends) -> FilePairs:
        """Compare those who can matter."""
        records, pairs = self.records, candidate_pairs(self.records, self.threads)
        learned, sample = self._learned_from_sample(scorer, pairs)
        shifted, links = self.shift(learned), concat_pairs(accounts, judged_same)
        edges = concat_pairs(pairs, links_beyond(len(records), links, pairs))
        seed = seeds(len(records), edges, pruning.shares(), pruning.groups)
        progress = _Progress.of(records, shifted, pairs, self.threads)
        progress.take(sample)
        places, reached = expand_seeds(len(records), pairs, seed, links, progress.compare)
        return FilePairs(progress.at(places), reached, learned, shifted)

    def _learned_from_sample(self, scorer: PairScorer, pairs: Ends) -> tuple[PairScorer, _Sample]:
        """Adapt the model as if all pairs had been compared: to the components that would have been drawn of all."""
        if not self.learns:
            return scorer, _Sample()
        records, share = self.records, sampled_share(len(pairs[0]))

        seen: list[tuple[Numbers, ComparedPairs]] = []

        def compare(places: Numbers) -> Mask:
            batch = ComparedPairs.of(records, scorer, pairs[0][places], pairs[1][places], self.threads)
            seen.append((places, batch))
            return batch.probability(records.extra, self.threads) >= NEAR

        compare(np.empty(0, dtype=np.int64))
        expand_seeds(len(records), pairs, drawn(np.arange(len(records)), share), NO_PAIRS, compare)
        places = np.concatenate([places for places, _ in seen])
        order = np.argsort(places)
        sample = ComparedPairs.all_of([batch for _, batch in seen]).at(order)
        return adapted(scorer, sample, records.extra, self.threshold, share), _Sample(places[order], sample)


@dataclass(frozen=True)
class _Sample:
    """Pairs that were compared for the model to learn from, and their places among all pairs."""

    places: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    compared: ComparedPairs | None = None


@dataclass(frozen=True)
class _Progress:
    """The candidate pairs of a file as they are compared, bit by bit."""

    records: Records
    scorer: PairScorer
    pairs: Ends
    probability: Floats
    is_forbidden: Mask
    is_known: Mask
    threads: int

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, pairs: Ends, threads: int) -> _Progress:
        size = len(pairs[0])
        return cls(records, scorer, pairs, np.zeros(size), np.zeros(size, dtype=bool), np.zeros(size, bool), threads)

    def take(self, sample: _Sample) -> None:
        """Score by this model what was compared before."""
        if sample.compared is None:
            return
        extra = self.records.extra
        again = sample.compared.scored_by(self.scorer, extra, self.threads)
        self._keep(sample.places, ScoredPairs.from_compared(again, extra, self.threads))

    def compare(self, places: Numbers) -> Mask:
        """Compare the pairs at some places that were not yet; say which of all these link their records."""
        new = places[~self.is_known[places]]
        for start in range(0, len(new), AT_A_TIME):
            some = new[start : start + AT_A_TIME]
            left, right = (end[some] for end in self.pairs)
            self._keep(some, ScoredPairs.of(self.records, self.scorer, left, right, self.threads))
        linked: Mask = self.probability[places] >= FLOORS[0]
        return linked

    def compare_the_rest(self) -> None:
        """Compare every pair that was not yet."""
        self.compare(np.flatnonzero(~self.is_known))

    def _keep(self, places: Numbers, scored: ScoredPairs) -> None:
        self.probability[places], self.is_forbidden[places] = scored.probability, scored.is_forbidden
        self.is_known[places] = True

    def all_pairs(self) -> ScoredPairs:
        """Every pair."""
        return ScoredPairs(*self.pairs, self.probability, self.is_forbidden)

    def at(self, places: Numbers) -> ScoredPairs:
        """The pairs at some places."""
        left, right = (end[places] for end in self.pairs)
        return ScoredPairs(left, right, self.probability[places], self.is_forbidden[places])
