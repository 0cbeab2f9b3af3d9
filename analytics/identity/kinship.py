"""Names that stand for one another: nicknames and other spellings, from the word lists of `analytics.parties`."""

from __future__ import annotations

from functools import cache
from itertools import combinations

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.hashing import Hashes, hashes
from analytics.parties.words import word_groups, word_set

__all__ = ["are_kin", "are_man_and_woman", "is_listed"]

_MEN_AND_WOMEN = (("van", "thi"), ("singh", "kaur"))
"""Middle names that tell a man from a woman: Vietnamese, Sikh."""


def are_kin(left: Hashes, right: Hashes) -> NDArray[np.bool_]:
    """Whether each left name is a nickname or another spelling of the right one; both are given by their hashes."""
    circle = _kin_pairs()
    pair = left + right
    place = np.minimum(np.searchsorted(circle, pair), len(circle) - 1)
    mask: NDArray[np.bool_] = circle[place] == pair
    return mask


def is_listed(names: Hashes) -> NDArray[np.bool_]:
    """Whether each word is known for a given name, by itself or as a nickname."""
    known = _listed()
    place = np.minimum(np.searchsorted(known, names), len(known) - 1)
    mask: NDArray[np.bool_] = known[place] == names
    return mask


def are_man_and_woman(left: Hashes, right: Hashes) -> NDArray[np.bool_]:
    """Whether one is a middle name of men and the other one of women; both are given by their hashes."""
    marks = [hashes(pl.Series(pair)) for pair in _MEN_AND_WOMEN]
    mask = np.zeros(len(left), dtype=bool)
    for man, woman in marks:
        mask |= (left == man) & (right == woman) | (left == woman) & (right == man)
    return mask


@cache
def _listed() -> Hashes:
    words = set(word_set("given_names"))
    for head, others in word_groups("nicknames").items():
        words.update((head, *others))
    return np.unique(hashes(pl.Series(sorted(words))))


@cache
def _kin_pairs() -> Hashes:
    """Sorted sums of the hashes of every two names that stand in one circle; a sum does not know left from right."""
    pairs: set[tuple[str, str]] = set()
    for source in ("nicknames", "spellings"):
        for head, others in word_groups(source).items():
            pairs.update(combinations(sorted({head, *others}), 2))
    one, other = (hashes(pl.Series(side)) for side in zip(*sorted(pairs), strict=True))
    return np.unique(one + other)
