"""Connected components of matched records, and the pairs within them that blocking missed.

If A matches B and B matches C, then A and C are compared as well, and so is every pair of a component. A component that
is too large for that is first split by a higher threshold.
"""

from __future__ import annotations

from typing import cast

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_matrix
from scipy.sparse.csgraph import connected_components

from analytics.identity.candidates.pairing import numbered
from analytics.identity.records.arrays import Numbers, distinct

__all__ = ["FLOORS", "connected", "uncompared_pairs"]

FLOORS = (0.2, 0.5, 0.8, 0.95)
"""Probabilities from which two records are connected, one after the other, for components that are too large."""
MAX_COMPONENT = 40
"""Records of a component whose every pair is compared."""


def connected(size: int, left: Numbers, right: Numbers) -> Numbers:
    """For each record the smallest record it is connected with."""
    graph = coo_matrix((np.ones(len(left), np.int8), (left, right)), shape=(size, size))
    component = connected_components(graph, directed=False)[1]
    smallest = np.full(component.max() + 1 if size else 0, size, dtype=np.int64)
    np.minimum.at(smallest, component, np.arange(size))
    return smallest[component]


def uncompared_pairs(
    size: int, left: Numbers, right: Numbers, probability: NDArray[np.float64]
) -> tuple[Numbers, Numbers]:
    """Pairs within connected components that were not compared.

    Parameters
    ----------
    size : int
        Number of records.
    left, right, probability : ndarray
        Compared pairs and their match probabilities, capped by the rules.

    Returns
    -------
    tuple of two arrays
        The further pairs, the smaller record first, four bytes each.
    """
    compared = np.empty(0, np.int64)
    found = [np.empty(0, np.int64)]
    for floor in FLOORS:
        near = probability >= floor
        part = connected(size, left[near], right[near])
        if floor == FLOORS[0]:  # whoever is connected later is connected here
            inside = np.flatnonzero(part[left] == part[right])
            compared = numbered(left[inside], right[inside], size)
        left, right, probability = left[near], right[near], probability[near]
        count = np.bincount(part, minlength=size)[part]
        found.append(_within(part, count, size))
        large = count[left] > MAX_COMPONENT
        left, right, probability = left[large], right[large], probability[large]
        if not len(left):
            break
    further = distinct(np.concatenate(found))
    is_sorted = bool((compared[1:] >= compared[:-1]).all())
    compared = np.append(compared if is_sorted else np.sort(compared), size * size)
    further = further[compared[np.searchsorted(compared, further)] != further]
    low, high = (cast(Numbers, part.astype(np.int32)) for part in np.divmod(further, max(size, 1)))
    return low, high


def _within(part: Numbers, count: Numbers, size: int) -> Numbers:
    """Every pair of each component that is not too large, as one number each."""
    keys = [np.empty(0, np.int64)]
    chosen = np.flatnonzero((count > 2) & (count <= MAX_COMPONENT))
    members = chosen[np.lexsort((chosen, part[chosen], count[chosen]))]
    sizes, starts = np.unique(count[members], return_index=True)
    for members_each, start, end in zip(sizes, starts, np.append(starts, len(members))[1:], strict=True):
        table = members[start:end].reshape(-1, members_each)
        one, other = np.triu_indices(members_each, 1)
        keys.append((table[:, one] * size + table[:, other]).ravel())
    return np.concatenate(keys)
