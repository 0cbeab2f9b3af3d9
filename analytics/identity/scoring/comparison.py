"""What a comparison is: one function for each thing that is compared, in `analytics.identity.scoring.compare`.

Each takes pairs and answers with a level for each pair. The first line of its docstring is what an investigator is
shown, the levels are the words for what was found. Level 0 is always "cannot be compared".
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.identity.records.arrays import Mask
from analytics.identity.scoring.pairs import Pairs

__all__ = ["Comparison", "Levels", "binned", "graded"]

Levels = NDArray[np.uint8]


@dataclass(frozen=True)
class Comparison:
    """One thing that is compared.

    Attributes
    ----------
    name : str
        Short name, used in the model and in evidence.
    levels : tuple of str
        What can be found, in words; the first is "cannot be compared".
    compare : callable
        Pairs to one level each.
    shown : tuple of str
        The keys that are shown with it.
    kind : str
        Name under which the model weighs it; its own name but for extra columns.
    weighed_with : tuple of str
        Other comparisons with which it has a weight for each pair of levels, beside the sum of the two: an equal
        surname says less where the given names differ.
    """

    name: str
    levels: tuple[str, ...]
    compare: Callable[[Pairs], Levels]
    shown: tuple[str, ...] = ()
    kind: str = ""
    weighed_with: tuple[str, ...] = ()

    @property
    def weighed_as(self) -> str:
        """Name under which the model weighs it."""
        return self.kind or self.name

    @property
    def description(self) -> str:
        """What is compared: the first line of the function's docstring."""
        return (self.compare.__doc__ or "").splitlines()[0]


def graded(*rungs: tuple[int, Mask]) -> Levels:
    """Level of the first rung that holds, 0 where none does."""
    level = np.zeros(len(rungs[0][1]), dtype=np.uint8)
    for number, mask in reversed(rungs):
        np.copyto(level, np.uint8(number), where=mask)
    return level


def binned(values: NDArray[np.float64], edges: tuple[float, ...], where: Mask) -> Levels:
    """Level 1 up to the first edge, and so on; 0 elsewhere."""
    level = np.searchsorted(np.array(edges), values).astype(np.uint8) + np.uint8(1)
    return np.where(where, level, np.uint8(0))
