"""Cohesion of identities: how strongly their records are linked, and their weakest link."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import minimum_spanning_tree

from analytics.identity.records.arrays import Numbers
from analytics.identity.scoring.scorer import PLACES

__all__ = ["GroupStrength", "group_strength"]


@dataclass(frozen=True)
class GroupStrength:
    """Strength of groups and of the place of each record in its group.

    Attributes
    ----------
    belonging : ndarray
        For each record the mean probability of its links to the rest of its group; 1 for a record alone.
    cohesion : ndarray
        For each group the mean over all its pairs; 1 for a group of one.
    weakest : ndarray
        For each group its weakest link; 1 for a group of one.
    """

    belonging: NDArray[np.float64]
    cohesion: NDArray[np.float64]
    weakest: NDArray[np.float64]


def group_strength(
    group: Numbers, weight: Numbers, left: Numbers, right: Numbers, probability: NDArray[np.float64], must_link: Numbers
) -> GroupStrength:
    """Measure groups.

    Parameters
    ----------
    group : ndarray
        Group of each record, from 0.
    weight : ndarray
        Aliases that each record stands for.
    left, right, probability : ndarray
        Compared pairs; a pair that was not compared counts as 0.
    must_link : ndarray
        Records with equal numbers belong together by account or verdict; between them the probability is 1.
    """
    inside = (group[left] == group[right]) & (must_link[left] != must_link[right])
    left, right, probability = left[inside], right[inside], probability[inside]
    certain = np.bincount(must_link, weights=weight, minlength=len(group))[must_link] - 1
    linked = np.bincount(left, probability * weight[right], len(group)) + np.bincount(
        right, probability * weight[left], len(group)
    )
    size = np.bincount(group, weights=weight)
    others = size[group] - 1
    belonging = np.where(others > 0, (certain + linked) / np.maximum(others, 1), 1.0)
    cohesion = np.bincount(group, weights=belonging * weight) / size
    return GroupStrength(
        np.clip(np.round(belonging, PLACES), 0, 1),
        np.clip(np.round(cohesion, PLACES), 0, 1),
        _weakest(group, left, right, probability, must_link),
    )


def _weakest(
    group: Numbers, left: Numbers, right: Numbers, probability: NDArray[np.float64], must_link: Numbers
) -> NDArray[np.float64]:
    """Lowest link of the strongest tree through each group."""
    weakest = np.ones(group.max(initial=-1) + 1)
    low, high = np.minimum(must_link[left], must_link[right]), np.maximum(must_link[left], must_link[right])
    order = np.argsort(-probability, kind="stable")
    _, first = np.unique(low[order] * len(group) + high[order], return_index=True)
    chosen = order[first]
    size = len(group)
    distance = coo_matrix((2 - probability[chosen], (low[chosen], high[chosen])), shape=(size, size))
    tree = minimum_spanning_tree(distance.tocsr()).tocoo()
    np.minimum.at(weakest, group[tree.row], np.round(2 - tree.data, PLACES))
    return weakest
