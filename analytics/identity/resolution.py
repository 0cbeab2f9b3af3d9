"""From records to groups: compare, score, look again inside each group, join."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray

from analytics.identity.blocking import candidate_pairs
from analytics.identity.caution import Doubts, clearly_others, held_back, other_generations
from analytics.identity.clusters import average_link_clusters, connected
from analytics.identity.compare_numbers import tax_conflicts
from analytics.identity.constraints import Judged, account_links, combined, with_companions
from analytics.identity.pairs import Mask, Pairs
from analytics.identity.recipe import compare
from analytics.identity.records import Records
from analytics.identity.scorer import PairScorer, probabilities

__all__ = ["Resolution", "resolve"]

CHUNK = 262_144
"""Pairs compared at a time."""
NEAR = 0.2
"""Probability from which two records are looked at together."""
STRANGERS = 2
"""Spellings of clearly other persons from which an account is shared and joins nobody."""
MAX_CIRCLE = 40
"""Records that are looked at together, every pair of them."""

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
    """

    group: Numbers
    left: Numbers
    right: Numbers
    probability: NDArray[np.float64]


def resolve(
    records: Records, scorer: PairScorer, threshold: float, judged: Judged | None = None, threads: int = 1
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
    """
    left, right = candidate_pairs(records, threads)
    scored = _scored(records, scorer, left, right)
    more = _circle_pairs(len(records), left, right, scored.probability)
    left, right = np.concatenate([left, more[0]]), np.concatenate([right, more[1]])
    scored = _Scored.joined([scored, _scored(records, scorer, *more)])
    probability, conflict = held_back(scored.probability, scored.doubts), scored.is_forbidden
    accounts = _trusted_accounts(records)

    def grouped(said: Judged) -> Numbers:
        constraints = combined(len(records), said, accounts, (left[conflict], right[conflict]))
        return average_link_clusters(len(records), left, right, probability, threshold, constraints)

    judged = judged or Judged()
    if len(judged.same[0]):
        judged = with_companions(len(records), judged, grouped(Judged(different=judged.different)))
    return Resolution(grouped(judged), left, right, probability)


def _trusted_accounts(records: Records) -> tuple[Numbers, Numbers]:
    """Account links, but of accounts under which several others are named: those are a household's or a forwarder's."""
    first, other = account_links(records)
    pairs = Pairs(records, first, other)
    strangers = np.bincount(first, weights=clearly_others(compare(pairs)), minlength=len(records))
    kept = strangers[first] < STRANGERS
    return first[kept], other[kept]


@dataclass(frozen=True)
class _Scored:
    """What the model says of pairs, what is to be doubted, and what is forbidden."""

    probability: NDArray[np.float64]
    doubts: Doubts
    is_forbidden: Mask

    @classmethod
    def joined(cls, parts: Sequence[Self]) -> Self:
        return cls(
            np.concatenate([part.probability for part in parts]),
            Doubts.joined([part.doubts for part in parts]),
            np.concatenate([part.is_forbidden for part in parts]),
        )


def _scored(records: Records, scorer: PairScorer, left: Numbers, right: Numbers) -> _Scored:
    """Compare and score, batch by batch."""
    starts = range(0, max(len(left), 1), CHUNK)
    parts = [slice(start, start + CHUNK) for start in starts]
    return _Scored.joined([_batch(records, scorer, left[part], right[part]) for part in parts])


def _batch(records: Records, scorer: PairScorer, left: Numbers, right: Numbers) -> _Scored:
    pairs = Pairs(records, left, right)
    found = compare(pairs)
    probability = probabilities(scorer.log_odds(found, records.extra))
    return _Scored(probability, Doubts.of(found, records.extra), tax_conflicts(pairs) | other_generations(found))


def _circle_pairs(
    size: int, left: Numbers, right: Numbers, probability: NDArray[np.float64]
) -> tuple[Numbers, Numbers]:
    """Pairs that blocking did not bring up, of records that others connect."""
    near = probability >= NEAR
    circle = connected(size, left[near], right[near])
    members = np.argsort(circle, kind="stable")
    _, starts, counts = np.unique(circle[members], return_index=True, return_counts=True)
    ones, others = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    for count in np.unique(counts[(counts > 2) & (counts <= MAX_CIRCLE)]):
        table = members[starts[counts == count][:, None] + np.arange(count)]
        one, other = np.triu_indices(count, 1)
        ones.append(table[:, one].ravel())
        others.append(table[:, other].ravel())
    key = np.concatenate(ones) * size + np.concatenate(others)
    missing = key[~np.isin(key, left * size + right)]
    return missing // max(size, 1), missing % max(size, 1)
