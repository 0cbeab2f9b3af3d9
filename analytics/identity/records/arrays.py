"""Types of the arrays that identity works on."""

from __future__ import annotations

from typing import TypeVar, cast

import numpy as np
from numpy.typing import NDArray

__all__ = ["Ends", "Floats", "Mask", "Numbers", "are_among", "distinct"]

Numbers = NDArray[np.int64]
"""Numbers of records, pairs or groups."""
Ends = tuple[Numbers, Numbers]
"""The left and the right records of pairs."""
Mask = NDArray[np.bool_]
Floats = NDArray[np.float64]

Whole = TypeVar("Whole", bound=NDArray[np.integer])


def distinct(values: Whole) -> Whole:
    """Each value once, ascending.

    By sorting: `numpy.unique` hashes whole numbers since NumPy 2.3, which takes twenty times as long for millions.
    """
    ordered = np.sort(values)
    return cast(Whole, ordered[np.append(ordered[1:] != ordered[:-1], True)[: len(ordered)]])


def are_among(values: Whole, known: Whole) -> Mask:
    """Whether each value is one of some that are known; see `distinct` for why this is not `numpy.isin`."""
    if not len(known):
        return np.zeros(len(values), dtype=bool)
    ordered = np.sort(known)
    mask: Mask = ordered[np.minimum(np.searchsorted(ordered, values), len(ordered) - 1)] == values
    return mask
