"""Names that stand for one another: nicknames and other romanisations, from the word lists of `analytics.parties`."""

from __future__ import annotations

from functools import cache

import numpy as np
from numpy.typing import NDArray

from analytics.parties.words import word_groups

__all__ = ["name_circles", "spelling_kin"]


@cache
def name_circles() -> dict[str, frozenset[int]]:
    """The circles that each name belongs to: two names that share one may be the same name."""
    circles: dict[str, set[int]] = {}
    groups = [*word_groups("nicknames").items(), *word_groups("spellings").items()]
    for number, (head, others) in enumerate(groups):
        for name in (head, *others):
            circles.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in circles.items()}


def spelling_kin(left: NDArray[np.object_], right: NDArray[np.object_]) -> NDArray[np.bool_]:
    """Whether each left name is a nickname or another spelling of the right one."""
    circles = name_circles()
    none: frozenset[int] = frozenset()
    kin = (not circles.get(a, none).isdisjoint(circles.get(b, none)) for a, b in zip(left, right, strict=True))
    return np.fromiter(kin, bool, len(left))
