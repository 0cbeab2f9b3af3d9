"""Comparison of how many parties of a file would bear a name by chance."""

from __future__ import annotations

import numpy as np

from analytics.identity.records.arrays import Floats, Mask
from analytics.identity.scoring.comparison import Comparison, Levels, binned
from analytics.identity.scoring.pairs import Pairs

__all__ = ["NAMESAKES", "NAMESAKE_COMPARISONS", "expected_namesakes", "namesakes"]

NAMESAKES = (0.02, 0.1, 0.5, 2, 8, 30, 120, 500)
"""Edges between rare and frequent names: parties of the file expected to agree as much by chance."""


def namesakes(pairs: Pairs) -> Levels:
    """How many parties of this file would bear such a name by chance."""
    return binned(pairs.once("namesakes", expected_namesakes), NAMESAKES, pairs.both("name"))


def expected_namesakes(pairs: Pairs) -> Floats:
    """Parties of the file expected to share, by chance, what the two names share."""
    total = float(len(pairs.records))
    given = _share(pairs, "given", pairs.same("given") | (pairs.is_crossed & pairs.same("given", "surname")))
    last = _share(pairs, "surname", pairs.same("surname") | (pairs.is_crossed & pairs.same("surname", "given")))
    persons = total * given * last * pairs.records.name_lift
    return np.where(pairs.is_firm, pairs.crowd("name"), np.minimum(persons, total * np.minimum(given, last)))


def _share(pairs: Pairs, part: str, agrees: Mask) -> Floats:
    """Share of the file that has as much of a part of the name in common: less is in common where it only resembles."""
    share = np.maximum(pairs.crowd(part), 1) / len(pairs.records)
    return np.where(agrees, share, np.sqrt(share))


_CROWD_LEVELS = (
    "cannot be compared",
    "unique",
    "very rare",
    "rare",
    "uncommon",
    "known",
    "common",
    "frequent",
    "very frequent",
    "everywhere",
)

NAMESAKE_COMPARISONS = (Comparison("namesakes", _CROWD_LEVELS, namesakes, ("name",), weighed_with=("place", "street")),)
