"""Bridge links: without one of them an identity falls in two."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Self

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import breadth_first_order

from analytics.identity.candidates.components import connected
from analytics.identity.records.arrays import Numbers, distinct

__all__ = ["LIKELY", "Bridges", "bridges"]


LIKELY = 0.5
"""Match probability from which a link counts."""
_NOBODY = -9999
"""What scipy writes for a node without a predecessor."""


@dataclass(frozen=True)
class Bridges:
    """Links without any of which a group falls in two.

    Attributes
    ----------
    pair : ndarray
        Place of each bridge among the compared pairs.
    apart : ndarray
        Aliases on the smaller side of each bridge.
    side : tuple of two arrays
        Each bridge (its place in `pair`) with each record of one side of it.
    """

    pair: Numbers
    apart: Numbers
    side: tuple[Numbers, Numbers]


def bridges(
    group: Numbers, weight: Numbers, left: Numbers, right: Numbers, probability: NDArray[np.float64], must_link: Numbers
) -> Bridges:
    """Find the bridges of every group.

    Parameters
    ----------
    group : ndarray
        Group of each record, from 0.
    weight : ndarray
        Aliases that each record stands for.
    left, right, probability : ndarray
        Compared pairs.
    must_link : ndarray
        Smallest record that each is linked with by account or verdict; such a link is no bridge.

    Returns
    -------
    Bridges
        In the order of the pairs.
    """
    counts = (group[left] == group[right]) & (must_link[left] != must_link[right]) & (probability >= LIKELY)
    pair = np.flatnonzero(counts)
    ends = (
        np.minimum(must_link[left[pair]], must_link[right[pair]]),
        np.maximum(must_link[left[pair]], must_link[right[pair]]),
    )
    forest = _Forest.grown(len(group), *ends)
    child = np.where(forest.parent[ends[0]] == ends[1], *ends)
    is_of_tree = (forest.parent[ends[0]] == ends[1]) | (forest.parent[ends[1]] == ends[0])
    ways = forest.ways_round(ends[0][~is_of_tree], ends[1][~is_of_tree])
    doubled = np.bincount(child[is_of_tree], minlength=len(group)) > 1
    is_bridge = is_of_tree & (ways[child] == 0) & ~doubled[child]
    child, pair = child[is_bridge], pair[is_bridge]
    below = forest.summed(np.bincount(must_link, weights=weight, minlength=len(group)).astype(np.int64))
    whole = np.bincount(group, weights=weight).astype(np.int64)
    beneath = below[child]
    return Bridges(pair, np.minimum(beneath, whole[group[child]] - beneath), _sides(forest, must_link, child))


def _sides(forest: _Forest, must_link: Numbers, child: Numbers) -> tuple[Numbers, Numbers]:
    """Each bridge with the records that stand on the far side of it, seen from the root."""
    number = np.full(len(forest.parent), -1)
    number[child] = np.arange(len(child))
    record, above = np.arange(len(must_link)), must_link.copy()
    ones, others = [np.empty(0, np.int64)], [np.empty(0, np.int64)]
    while len(record):
        found = number[above] >= 0
        ones.append(number[above[found]])
        others.append(record[found])
        parent = forest.parent[above]
        record, above = record[parent >= 0], parent[parent >= 0]
    one, other = np.concatenate(ones), np.concatenate(others)
    order = np.lexsort((other, one))
    return one[order], other[order]


@dataclass(frozen=True)
class _Forest:
    """A tree through each connected part of a graph; `parent` and `depth` of each node, -1 and 0 at a root."""

    parent: Numbers
    depth: Numbers

    @classmethod
    def grown(cls, size: int, left: Numbers, right: Numbers) -> Self:
        """Grow from the smallest node of each part, by way of one root above them all."""
        smallest = distinct(connected(size, left, right)[np.concatenate([left, right])])
        ends = np.concatenate([left, smallest]), np.concatenate([right, np.full(len(smallest), size)])
        rooted = coo_matrix((np.ones(len(ends[0]), np.int8), ends), shape=(size + 1, size + 1)).tocsr()
        parent = breadth_first_order(rooted, size, directed=False)[1].astype(np.int64)[:size]
        parent[(parent == _NOBODY) | (parent == size)] = -1
        depth, node = np.zeros(size, np.int64), np.flatnonzero(parent >= 0)
        above = parent[node]
        while len(node):
            depth[node] += 1
            above = parent[above]
            node, above = node[above >= 0], above[above >= 0]
        return cls(parent, depth)

    def ways_round(self, left: Numbers, right: Numbers) -> Numbers:
        """How many of these edges lead round the edge above each node."""
        size = len(self.parent)
        count = np.bincount(left, minlength=size) + np.bincount(right, minlength=size)
        one, other = left.copy(), right.copy()
        while len(apart := np.flatnonzero(one != other)):
            deeper = self.depth[one[apart]] >= self.depth[other[apart]]
            one[apart[deeper]] = self.parent[one[apart[deeper]]]
            other[apart[~deeper]] = self.parent[other[apart[~deeper]]]
        return self.summed(count - 2 * np.bincount(one, minlength=size))

    def summed(self, amount: Numbers) -> Numbers:
        """Sum of an amount over each node and all beneath it."""
        total = amount.astype(np.int64)
        node = np.flatnonzero(self.depth)
        node = node[np.argsort(-self.depth[node], kind="stable")]
        for nodes in np.split(node, np.flatnonzero(np.diff(self.depth[node])) + 1):
            np.add.at(total, self.parent[nodes], total[nodes])
        return total
