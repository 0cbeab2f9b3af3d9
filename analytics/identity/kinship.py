"""Names that stand for one another: nicknames and other spellings, from the word lists of `analytics.parties`."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.hashing import Hashes, hashes
from analytics.parties.words import word_groups

__all__ = ["are_kin"]


def are_kin(left: Hashes, right: Hashes) -> NDArray[np.bool_]:
    """Whether each left name is a nickname or another spelling of the right one; both are given by their hashes."""
    circle = _kin_pairs()
    pair = left + right
    place = np.minimum(np.searchsorted(circle, pair), len(circle) - 1)
    mask: NDArray[np.bool_] = circle[place] == pair
    return mask


@cache
def _kin_pairs() -> Hashes:
    """Sorted sums of the hashes of every two names that stand in one circle; a sum does not know left from right."""
    pairs = set()
    for source in ("nicknames", "spellings"):
        for head, others in word_groups(source).items():
            pairs.update(combinations(sorted({head, *others}), 2))
    one, other = (hashes(pl.Series(side)) for side in zip(*sorted(pairs), strict=True))
    return np.unique(one + other)
