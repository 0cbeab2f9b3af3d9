"""How likely it is that two are one, with the share of such pairs learned from the pairs themselves."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.typologies.possible_daily_limit.conduct import evened

__all__ = ["Posterior", "posterior"]

Floats = NDArray[np.float64]

_USUAL_SHARE, _USUAL_PAIRS = 0.02, 50
"""Share of true pairs among those that pass a limit together, and the pairs it stands for beside those of a file."""
_ROUNDS, _STILL = 500, 1e-10


@dataclass(frozen=True)
class Posterior:
    """What came out.

    Attributes
    ----------
    probability : array
        That a pair is one party.
    day, value : array
        What each of the two was weighed with, as log10.
    share : float
        Of true pairs among those that pass a limit together.
    """

    probability: Floats
    day: Floats
    value: Floats
    share: float


def posterior(identity: Floats, day: Floats, value: Floats, passing: NDArray[np.bool_]) -> Posterior:
    """Find the share of true pairs under which what was seen is likeliest, and each pair's probability.

    Parameters
    ----------
    identity : array
        Sum of the log10 weights of names, units and contacts, one a pair.
    day, value : array
        Ratios of likelihoods of day and value, but for a factor that is the same for all pairs.
    passing : array of bool
        Pairs that are over the limit together: those from which the share is learned.
    """
    share, chance = _USUAL_SHARE, np.full(len(identity), _USUAL_SHARE)
    for _ in range(_ROUNDS):
        two = np.where(passing, 1 - chance, 0)
        by_day, by_value = (np.log10(evened(ratio, two)) for ratio in (day, value))
        odds = share / (1 - share) * 10 ** np.clip(identity + by_day + by_value, -30, 30)
        chance = odds / (1 + odds)
        found = float(chance[passing].sum()) + _USUAL_SHARE * _USUAL_PAIRS
        last, share = share, found / (int(passing.sum()) + _USUAL_PAIRS)
        if abs(share - last) < _STILL:
            break
    return Posterior(chance, by_day, by_value, share)
