"""The recipe: everything that is compared, in the order in which it is shown."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
from numpy.typing import NDArray

from analytics.identity.scoring.compare.extra import EXTRA_LEVELS, extra_comparisons
from analytics.identity.scoring.compare.firms import FIRM_COMPARISONS, FIRM_OR_PERSON
from analytics.identity.scoring.compare.names import NAME_COMPARISONS
from analytics.identity.scoring.compare.namesakes import NAMESAKE_COMPARISONS
from analytics.identity.scoring.compare.numbers import NUMBER_COMPARISONS
from analytics.identity.scoring.compare.places import PLACE_COMPARISONS
from analytics.identity.scoring.comparison import Comparison
from analytics.identity.scoring.pairs import Pairs

__all__ = ["COMPARISONS", "NOT_WEIGHED", "compare", "interactions", "level_names", "recipe"]

COMPARISONS: tuple[Comparison, ...] = (
    *NAME_COMPARISONS,
    *FIRM_COMPARISONS,
    *NAMESAKE_COMPARISONS,
    *PLACE_COMPARISONS,
    *NUMBER_COMPARISONS,
)
"""What is compared of every party."""
NOT_WEIGHED: tuple[Comparison, ...] = (FIRM_OR_PERSON,)
"""What is compared for `analytics.identity.scoring.rules` alone: the model weighs none of it."""


def recipe(extra: Mapping[str, str]) -> tuple[Comparison, ...]:
    """Everything that is compared and weighed of a file with further columns."""
    return (*COMPARISONS, *extra_comparisons(extra))


def compare(pairs: Pairs) -> dict[str, NDArray[np.uint8]]:
    """Level of every comparison for every pair."""
    compared = (*recipe(pairs.records.extra), *NOT_WEIGHED)
    return {comparison.name: comparison.compare(pairs) for comparison in compared}


def interactions() -> tuple[tuple[str, str], ...]:
    """Pairs of comparisons that are weighed together as well."""
    return tuple((one.name, other) for one in COMPARISONS for other in one.weighed_with)


def level_names() -> dict[str, tuple[str, ...]]:
    """Levels of everything the model weighs: each comparison, and each kind of further column."""
    return {comparison.name: comparison.levels for comparison in COMPARISONS} | EXTRA_LEVELS
