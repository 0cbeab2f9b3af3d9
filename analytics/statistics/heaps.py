"""Round amounts and price endings: where many amounts sit for reasons that have nothing to do with a limit."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["is_heaped"]

_CENTS = 100
_FIRST_PRICE_ENDING = 95


def is_heaped(cents: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Say which amounts are whole, or end in 95 to 99 as prices do.

    >>> is_heaped(np.array([50_000, 49_999, 49_995, 49_994, 50_050])).tolist()
    [True, True, True, False, False]
    """
    ending = cents % _CENTS
    return np.asarray((ending == 0) | (ending >= _FIRST_PRICE_ENDING))
