"""From records to groups: compare, learn from the file, look again inside each circle, join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.identity.adaptation import NEAR, adapted, drawn, sampled_share
from analytics.identity.blocking import candidate_pairs
from analytics.identity.caution import clearly_others
from analytics.identity.circles import FLOORS, circle_pairs
from analytics.identity.clusters import average_link_clusters
from analytics.identity.compared import Compared
from analytics.identity.constraints import NOBODY, Judged, account_links, both, combined, with_companions
from analytics.identity.hot import Brought, explored, seeds
from analytics.identity.pairs import Mask, Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Records
from analytics.identity.scorer import PairScorer

__all__ = ["Heat", "Resolution", "resolve", "trusted_accounts"]

STRANGERS = 2
"""Spellings of clearly other persons from which an account is shared and joins nobody."""

Numbers = NDArray[np.int64]


@dataclass(frozen=True)
class Heat:
    """Who can matter: what each record brought, and in how many neighbourhoods an identity's parties lie at most."""

    brought: Brought
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
    compared, scorer, accounts = looked.compared, looked.scorer, looked.accounts
    settled = compared.probability(records.extra, threads)
    further = Compared.of(records, scorer, *circle_pairs(len(records), compared.left, compared.right, settled), threads)
    compared = Compared.all_of([compared, further])
    probability, forbidden = np.concatenate([settled, further.probability(records.extra)]), compared.is_forbidden
    left, right = compared.left, compared.right

    def grouped(said: Judged) -> Numbers:
        constraints = combined(len(records), said, accounts, (left[forbidden], right[forbidden]))
        return average_link_clusters(len(records), left, right, probability, threshold, constraints)

    if len(judged.same[0]):
        judged = with_companions(len(records), judged, grouped(Judged(different=judged.different)))
    return Resolution(
        grouped(judged), left, right, probability, forbidden, looked.is_reached, looked.learned, looked.scorer
    )


def _as_it_is(scorer: PairScorer) -> PairScorer:
    return scorer


@dataclass(frozen=True)
class _Looked:
    """Pairs that were compared, by which model, and what is bound by accounts."""

    compared: Compared
    is_reached: Mask
    learned: PairScorer
    scorer: PairScorer
    accounts: tuple[Numbers, Numbers]


@dataclass(frozen=True)
class _Work:
    """Who is compared with whom, and what the model makes of it."""

    records: Records
    threshold: float
    threads: int
    learns: bool
    shift: Callable[[PairScorer], PairScorer]

    def at_all(self, scorer: PairScorer) -> _Looked:
        """Compare everybody."""
        records = self.records
        compared = Compared.of(records, scorer, *candidate_pairs(records, self.threads), self.threads)
        learned = adapted(scorer, compared, records.extra, self.threshold) if self.learns else scorer
        shifted = self.shift(learned)
        compared = compared.scored_by(shifted, records.extra, self.threads)
        return _Looked(compared, np.ones(len(records), dtype=bool), learned, shifted, trusted_accounts(records))

    def at_some(self, scorer: PairScorer, heat: Heat, judged_same: tuple[Numbers, Numbers]) -> _Looked:
        """Compare those who can matter."""
        records = self.records
        pairs, accounts = candidate_pairs(records, self.threads), trusted_accounts(records)
        learned = self._learned_from_some(scorer, pairs) if self.learns else scorer
        shifted, links = self.shift(learned), both(accounts, judged_same)
        seed = seeds(len(records), both(pairs, links), heat.brought, heat.groups)
        compared, reached = explored(records, shifted, pairs, seed, links, FLOORS[0], self.threads)
        return _Looked(compared, reached, learned, shifted, accounts)

    def _learned_from_some(self, scorer: PairScorer, pairs: tuple[Numbers, Numbers]) -> PairScorer:
        """Adapt the model as if all pairs had been compared: to the parts that would have been drawn of all."""
        share = sampled_share(len(pairs[0]))
        seed = drawn(np.arange(len(self.records)), share)
        some, _ = explored(self.records, scorer, pairs, seed, NOBODY, NEAR, self.threads)
        return adapted(scorer, some, self.records.extra, self.threshold, share)


def trusted_accounts(records: Records) -> tuple[Numbers, Numbers]:
    """Account links, but of accounts under which several others are named: those are a household's or a forwarder's."""
    first, other = account_links(records)
    pairs = Pairs(records, first, other)
    strangers = np.bincount(first, weights=clearly_others(compare(pairs)), minlength=len(records))
    kept = strangers[first] < STRANGERS
    return first[kept], other[kept]
