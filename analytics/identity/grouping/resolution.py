"""From records to groups: compare, learn from the file, look again inside each circle, join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.candidates.components import FLOORS, circle_pairs
from analytics.identity.candidates.pruning import Brought, explored, further, seeds
from analytics.identity.grouping.adaptation import NEAR, adapted, drawn, sampled_share
from analytics.identity.grouping.clusters import average_link_clusters
from analytics.identity.grouping.constraints import NOBODY, Judged, account_links, both, combined, with_companions
from analytics.identity.grouping.rivals import have_rivals
from analytics.identity.records.arrays import Mask, Numbers
from analytics.identity.records.records import Records
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.rules import at_two_addresses, clearly_others
from analytics.identity.scoring.scored import Compared, Weighed, over_pairs
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["Heat", "Resolution", "resolve", "trusted_accounts"]

STRANGERS = 2
"""Aliases with clearly other names from which an account joins nobody; one at another address counts as two."""

AT_A_TIME = 4_000_000
"""Pairs that are looked at at a time."""


@dataclass(frozen=True)
class Heat:
    """Who can matter.

    Attributes
    ----------
    brought : callable
        Reads what each record brought; asked once, when pairs are known.
    groups : int
        In how many neighbourhoods an identity's parties lie at most.
    """

    brought: Callable[[], Brought]
    groups: int


@dataclass(frozen=True)
class Resolution:
    """Groups of records and the pairs they rest on.

    Attributes
    ----------
    group : ndarray
        Group of each record, from 0 in order of the first record.
    left, right, probability : ndarray
        Every compared pair.
    is_forbidden : ndarray of bool
        Pairs that no score may join.
    has_rival : ndarray of bool
        Those of them that are forbidden only because a third spelling fits one of the two as well, or better.
    is_reached : ndarray of bool
        Records that were compared with everybody they are worth comparing with; all of them but in a pruned run.
    learned : PairScorer
        The model as it has adapted to the file.
    scorer : PairScorer
        The same, shifted towards what people judged: what the probabilities come from.
    """

    group: Numbers
    left: Numbers
    right: Numbers
    probability: NDArray[np.float64]
    is_forbidden: Mask
    has_rival: Mask
    is_reached: Mask
    learned: PairScorer
    scorer: PairScorer


def resolve(
    records: Records,
    scorer: PairScorer,
    threshold: float,
    judged: Judged | None = None,
    threads: int = 1,
    *,
    learns: bool = True,
    shift: Callable[[PairScorer], PairScorer] | None = None,
    heat: Heat | None = None,
) -> Resolution:
    """Group records that are one party.

    Parameters
    ----------
    records : Records
        Distinct parties.
    scorer : PairScorer
        The model.
    threshold : float
        Lowest mean probability at which two groups are joined.
    judged : Judged, optional
        What people said; it outranks everything else.
    threads : int
        Threads to compare with.
    learns : bool, default=True
        Whether the model adapts to these records; not where it has adapted to them or their like before.
    shift : callable, optional
        What is made of the model after it has adapted: a refit.
    heat : Heat, optional
        What says who can matter; nobody else is compared then.
    """
    judged = judged or Judged()
    work = _Work(records, threshold, threads, learns, shift or _as_it_is)
    looked = work.at_all(scorer) if heat is None else work.at_some(scorer, heat, judged.same)
    looked = looked.joined(records, threads)
    weighed = looked.weighed
    rivals = have_rivals(records, weighed, threshold, threads)
    left, right, probability, forbidden = (
        weighed.left,
        weighed.right,
        weighed.probability,
        weighed.is_forbidden | rivals,
    )

    def grouped(said: Judged) -> Numbers:
        constraints = combined(len(records), said, looked.accounts, (left[forbidden], right[forbidden]))
        return average_link_clusters(len(records), left, right, probability, threshold, constraints)

    if len(judged.same[0]):
        judged = with_companions(len(records), judged, grouped(Judged(different=judged.different)))
    return Resolution(
        grouped(judged), left, right, probability, forbidden, rivals, looked.is_reached, looked.learned, looked.scorer
    )


def _as_it_is(scorer: PairScorer) -> PairScorer:
    return scorer


@dataclass(frozen=True)
class _Looked:
    """Pairs that were compared, by which model, and what is bound by accounts."""

    weighed: Weighed
    is_reached: Mask
    learned: PairScorer
    scorer: PairScorer
    accounts: tuple[Numbers, Numbers]

    def joined(self, records: Records, threads: int) -> _Looked:
        """With the pairs of each circle that were not compared; all pairs stand once."""
        found = self.weighed
        others = circle_pairs(len(records), found.left, found.right, found.probability)
        return replace(self, weighed=Weighed.all_of([found, Weighed.of(records, self.scorer, *others, threads)]))


@dataclass(frozen=True)
class _Work:
    """Who is compared with whom, and what the model makes of it."""

    records: Records
    threshold: float
    threads: int
    learns: bool
    shift: Callable[[PairScorer], PairScorer]

    def at_all(self, scorer: PairScorer) -> _Looked:
        """Compare everybody: a small file once, for the model to learn from all of it."""
        records, pairs = self.records, candidate_pairs(self.records, self.threads)
        if self.learns and sampled_share(len(pairs[0])) == 1:
            compared = Compared.of(records, scorer, *pairs, self.threads)
            learned = adapted(scorer, compared, records.extra, self.threshold)
            shifted = self.shift(learned)
            weighed = Weighed.told_by(
                compared.scored_by(shifted, records.extra, self.threads), records.extra, self.threads
            )
        else:
            learned, sample = self._learned_from_some(scorer, pairs)
            shifted = self.shift(learned)
            chances = _Chances.of(records, shifted, pairs, self.threads)
            chances.take(sample)
            chances.look_at_the_rest()
            weighed = chances.of_all()
        return _Looked(weighed, np.ones(len(records), dtype=bool), learned, shifted, trusted_accounts(records))

    def at_some(self, scorer: PairScorer, heat: Heat, judged_same: tuple[Numbers, Numbers]) -> _Looked:
        """Compare those who can matter."""
        records = self.records
        pairs, accounts = candidate_pairs(records, self.threads), trusted_accounts(records)
        learned, sample = self._learned_from_some(scorer, pairs)
        shifted, links = self.shift(learned), both(accounts, judged_same)

        edges = both(pairs, further(len(records), links, pairs))
        seed = seeds(len(records), edges, heat.brought(), heat.groups)
        told = _Chances.of(records, shifted, pairs, self.threads)
        told.take(sample)
        places, reached = explored(len(records), pairs, seed, links, told.look)
        return _Looked(told.at(places), reached, learned, shifted, accounts)

    def _learned_from_some(self, scorer: PairScorer, pairs: tuple[Numbers, Numbers]) -> tuple[PairScorer, _Sample]:
        """Adapt the model as if all pairs had been compared: to the parts that would have been drawn of all."""
        if not self.learns:
            return scorer, _Sample()
        records, share = self.records, sampled_share(len(pairs[0]))

        seen: list[tuple[Numbers, Compared]] = []

        def look(places: Numbers) -> Mask:
            batch = Compared.of(records, scorer, pairs[0][places], pairs[1][places], self.threads)
            seen.append((places, batch))
            return batch.probability(records.extra, self.threads) >= NEAR

        look(np.empty(0, dtype=np.int64))
        explored(len(records), pairs, drawn(np.arange(len(records)), share), NOBODY, look)
        places = np.concatenate([places for places, _ in seen])
        order = np.argsort(places)
        sample = Compared.all_of([batch for _, batch in seen]).at(order)
        return adapted(scorer, sample, records.extra, self.threshold, share), _Sample(places[order], sample)


@dataclass(frozen=True)
class _Sample:
    """Pairs that were compared for the model to learn from, and their places among all pairs."""

    places: Numbers = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    compared: Compared | None = None


@dataclass(frozen=True)
class _Chances:
    """What becomes of the pairs of a file as they are looked at, bit by bit; no pair is compared twice."""

    records: Records
    scorer: PairScorer
    pairs: tuple[Numbers, Numbers]
    probability: NDArray[np.float64]
    is_forbidden: Mask
    is_known: Mask
    threads: int

    @classmethod
    def of(cls, records: Records, scorer: PairScorer, pairs: tuple[Numbers, Numbers], threads: int) -> _Chances:
        size = len(pairs[0])
        return cls(records, scorer, pairs, np.zeros(size), np.zeros(size, dtype=bool), np.zeros(size, bool), threads)

    def take(self, sample: _Sample) -> None:
        """Weigh by this model what was compared before: what was found of a pair is the same for every model."""
        if sample.compared is None:
            return
        extra = self.records.extra
        told = Weighed.told_by(sample.compared.scored_by(self.scorer, extra, self.threads), extra, self.threads)
        self._keep(sample.places, told)

    def look(self, places: Numbers) -> Mask:
        """Compare the pairs at some places that were not yet; say which of all these link their records."""
        news = places[~self.is_known[places]]
        for start in range(0, len(news), AT_A_TIME):
            some = news[start : start + AT_A_TIME]
            left, right = (end[some] for end in self.pairs)
            self._keep(some, Weighed.of(self.records, self.scorer, left, right, self.threads))
        linked: Mask = self.probability[places] >= FLOORS[0]
        return linked

    def look_at_the_rest(self) -> None:
        """Compare every pair that was not yet."""
        self.look(np.flatnonzero(~self.is_known))

    def _keep(self, places: Numbers, told: Weighed) -> None:
        self.probability[places], self.is_forbidden[places] = told.probability, told.is_forbidden
        self.is_known[places] = True

    def of_all(self) -> Weighed:
        """Every pair."""
        return Weighed(*self.pairs, self.probability, self.is_forbidden)

    def at(self, places: Numbers) -> Weighed:
        """The pairs at some places."""
        left, right = (end[places] for end in self.pairs)
        return Weighed(left, right, self.probability[places], self.is_forbidden[places])


def trusted_accounts(records: Records) -> tuple[Numbers, Numbers]:
    """Account links, without the accounts of several consignees.

    An account under which one alias has another name and another address joins nobody, however few share it; another
    name at the same address may be a slip of one household.
    """
    first, other = account_links(records)
    if not len(first):
        return first, other
    weights = over_pairs(records, first, other, _strangeness)["strangeness"].to_numpy()
    strangers = np.bincount(first, weights=weights, minlength=len(records.content))
    kept = strangers[first] < STRANGERS
    return first[kept], other[kept]


def _strangeness(records: Records, left: Numbers, right: Numbers) -> pl.DataFrame:
    """How much each pair says that an account is shared: all where both name and address are another's."""
    found = compare(Pairs(records, left, right))
    others, elsewhere = clearly_others(found), at_two_addresses(found)
    return pl.DataFrame({"strangeness": others * np.where(elsewhere, STRANGERS, 1)})
