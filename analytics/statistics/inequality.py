"""How unevenly a total is spread: the Lorenz curve and the Gini coefficient."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["gini", "lorenz"]

Floats = NDArray[np.float64]


def gini(values: Floats) -> float:
    """Give the Gini coefficient: 0 where all hold alike, close to 1 where one of many holds all.

    Parameters
    ----------
    values : array of float
        What each holds; nought or more.

    Returns
    -------
    float
        Half of the mean difference between two, by the mean; 0 where there is nothing to hold.

    >>> gini(np.array([1.0, 1, 1, 1])), gini(np.array([0.0, 0, 0, 8]))
    (0.0, 0.75)
    """
    total = float(values.sum())
    if not total:
        return 0.0
    count = len(values)
    ranks = np.arange(1, count + 1)
    return float(2 * (ranks * np.sort(values)).sum() / (count * total) - (count + 1) / count)


def lorenz(values: Floats, steps: int = 100) -> list[tuple[float, float]]:
    """Give the Lorenz curve: the share of the total that the lowest share of holders has, from (0, 0) to (1, 1).

    Parameters
    ----------
    values : array of float
        What each holds.
    steps : int, default=100
        At how many places at most; at each holder where there are fewer.

    >>> lorenz(np.array([1.0, 3]))
    [(0.0, 0.0), (0.5, 0.25), (1.0, 1.0)]
    """
    count, total = len(values), float(values.sum())
    if not total:
        return []
    held = np.concatenate([[0.0], np.cumsum(np.sort(values))]) / total
    ranks = sorted({round(count * step / steps) for step in range(steps + 1)})
    return [(round(rank / count, 6), round(float(held[rank]), 6)) for rank in ranks]
