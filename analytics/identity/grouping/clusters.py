"""Groups of records that are one party each.

Average linkage over the weight of evidence: two groups are joined while the log odds of the pairs between them are on
average at least those of the threshold. One pair counts at most `STRONGEST` for and `WEAKEST` against: records of one
party may have next to nothing in common where a third has something of both. A pair that was not compared counts as
much against as any can, so that one thin link cannot chain a household together. All groups of the file grow at once:
in every round each group names its best partner, and those who name each other are joined. Average linkage is
reducible, so this gives the same groups as joining the best pair in the file again and again.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.identity.candidates.components import connected
from analytics.identity.records.arrays import Numbers

__all__ = ["Constraints", "average_link_clusters"]

NO_NUMBER = -1
LEAST = 1e-6
"""Probabilities are kept this far from 0 and 1."""
WEAKEST, STRONGEST = -3.0, 5.5
"""Least and most that one pair counts, in log odds; as probabilities 0.047 and 0.996."""


@dataclass(frozen=True)
class Constraints:
    """What outranks the scores.

    Attributes
    ----------
    same : tuple of two arrays
        Records that belong together.
    different : tuple of two arrays
        Records that must stay apart.
    """

    same: tuple[Numbers, Numbers]
    different: tuple[Numbers, Numbers]


def average_link_clusters(
    size: int,
    left: Numbers,
    right: Numbers,
    probability: NDArray[np.float64],
    threshold: float,
    constraints: Constraints,
) -> Numbers:
    """Group records.

    Parameters
    ----------
    size : int
        Number of records.
    left, right, probability : ndarray
        Compared pairs, each once.
    threshold : float
        Lowest probability that the mean evidence between two groups stands for at which they are joined; at 1 only
        those are joined that must be together.
    constraints : Constraints
        Pairs that must be together or apart.

    Returns
    -------
    ndarray
        Group of each record, from 0 in order of the first record.
    """
    near = probability > expit(WEAKEST) / 2  # the others count as pairs that were not compared: they are most of them
    left, right = left[near], right[near]
    worth = np.clip(logit(np.clip(probability[near], LEAST, 1 - LEAST)), WEAKEST, STRONGEST) - WEAKEST
    lowest = float(np.clip(logit(threshold), WEAKEST, STRONGEST)) - WEAKEST if threshold < 1 else np.inf
    tells = worth > 0
    label = connected(size, *constraints.same)
    edges = _Edges.gather(label, left[tells], right[tells], worth[tells], constraints.different)
    while True:
        partners = _mutual_partners(label, edges, lowest)
        if not len(partners[0]):
            return _numbered(label)
        target = np.arange(size)
        target[partners[1]] = partners[0]
        label = target[label]
        edges = edges.relabelled(target)


@dataclass(frozen=True)
class _Edges:
    """Sums of evidence between groups, counted from the weakest, and whether they must stay apart."""

    left: Numbers
    right: Numbers
    total: NDArray[np.float64]
    apart: NDArray[np.bool_]

    @classmethod
    def gather(
        cls,
        label: Numbers,
        left: Numbers,
        right: Numbers,
        total: NDArray[np.float64],
        different: tuple[Numbers, Numbers],
    ) -> _Edges:
        ends = np.concatenate([label[left], label[different[0]]]), np.concatenate([label[right], label[different[1]]])
        sums: NDArray[np.float64] = np.concatenate([total, np.zeros(len(different[0]))])
        apart = np.concatenate([np.zeros(len(left), bool), np.ones(len(different[0]), bool)])
        return cls._summed(*ends, sums, apart, len(label))

    @classmethod
    def _summed(
        cls, one: Numbers, other: Numbers, total: NDArray[np.float64], apart: NDArray[np.bool_], size: int
    ) -> _Edges:
        crosses = one != other
        low, high = np.minimum(one, other)[crosses], np.maximum(one, other)[crosses]
        key, inverse = np.unique(low * size + high, return_inverse=True)
        sums = np.bincount(inverse, weights=total[crosses], minlength=len(key)).astype(np.float64)
        barred = np.bincount(inverse, weights=apart[crosses], minlength=len(key)) > 0
        return cls(key // size, key % size, sums, barred)

    def relabelled(self, target: Numbers) -> _Edges:
        return self._summed(target[self.left], target[self.right], self.total, self.apart, len(target))


def _mutual_partners(label: Numbers, edges: _Edges, threshold: float) -> tuple[Numbers, Numbers]:
    """Groups that name each other as their best partner."""
    size = np.bincount(label, minlength=len(label))
    mean = np.round(edges.total / (size[edges.left] * size[edges.right]), 9).astype(np.float64)
    fit = ~edges.apart & (mean >= threshold)
    left, right, mean = edges.left[fit], edges.right[fit], mean[fit]
    best = _best_partner(left, right, mean, len(label))
    mutual = (best[left] == right) & (best[right] == left)
    return left[mutual], right[mutual]


def _best_partner(left: Numbers, right: Numbers, mean: NDArray[np.float64], size: int) -> Numbers:
    """The partner of the highest mean for each group; the smallest number among equals."""
    one, other, worth = np.concatenate([left, right]), np.concatenate([right, left]), np.concatenate([mean, mean])
    highest = np.full(size, -np.inf)
    np.maximum.at(highest, one, worth)
    equals = worth == highest.take(one)
    best = np.full(size, size, dtype=np.int64)
    np.minimum.at(best, one[equals], other[equals])
    return np.where(best < size, best, NO_NUMBER)


def _numbered(label: Numbers) -> Numbers:
    """Labels from 0 in order of first appearance."""
    return np.unique(label, return_inverse=True)[1]
