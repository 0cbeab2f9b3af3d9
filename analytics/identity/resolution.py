"""From records to groups: compare, learn from the file, look again inside each circle, join."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.identity.adaptation import adapted
from analytics.identity.blocking import candidate_pairs
from analytics.identity.caution import clearly_others
from analytics.identity.circles import circle_pairs
from analytics.identity.clusters import average_link_clusters
from analytics.identity.compared import Compared
from analytics.identity.constraints import Judged, account_links, combined, with_companions
from analytics.identity.pairs import Mask, Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Records
from analytics.identity.scorer import PairScorer

__all__ = ["Resolution", "resolve", "trusted_accounts"]

STRANGERS = 2
"""Spellings of clearly other persons from which an account is shared and joins nobody."""

Numbers = NDArray[np.int64]


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
    """
    compared = Compared.of(records, scorer, *candidate_pairs(records, threads), threads)
    learned = adapted(scorer, compared, records.extra, threshold) if learns else scorer
    scorer = shift(learned) if shift else learned
    compared = compared.scored_by(scorer, records.extra, threads)
    settled = compared.probability(records.extra, threads)
    further = Compared.of(records, scorer, *circle_pairs(len(records), compared.left, compared.right, settled), threads)
    compared = compared.joined(further)
    probability, forbidden = np.concatenate([settled, further.probability(records.extra)]), compared.is_forbidden
    left, right, accounts = compared.left, compared.right, trusted_accounts(records)

    def grouped(said: Judged) -> Numbers:
        constraints = combined(len(records), said, accounts, (left[forbidden], right[forbidden]))
        return average_link_clusters(len(records), left, right, probability, threshold, constraints)

    judged = judged or Judged()
    if len(judged.same[0]):
        judged = with_companions(len(records), judged, grouped(Judged(different=judged.different)))
    return Resolution(grouped(judged), left, right, probability, forbidden, learned, scorer)


def trusted_accounts(records: Records) -> tuple[Numbers, Numbers]:
    """Account links, but of accounts under which several others are named: those are a household's or a forwarder's."""
    first, other = account_links(records)
    pairs = Pairs(records, first, other)
    strangers = np.bincount(first, weights=clearly_others(compare(pairs)), minlength=len(records))
    kept = strangers[first] < STRANGERS
    return first[kept], other[kept]
