"""Caps on the probability of pairs that need more than a high score (see `analytics.identity.scoring.rules`)."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.identity.records.arrays import Mask

__all__ = ["CERTAIN", "LIKELY", "POSSIBLE", "PROVEN", "capped"]

CERTAIN, POSSIBLE = 0.95, 0.45
"""Probability that a pair in doubt needs, and the cap where it has less."""

PROVEN, LIKELY = 0.99, 0.98
"""Probability from which a match is proven, and from which a match on fewer than two identifiers is lowered, below the
first."""

_LEAST = 1e-9
"""Keeps the odds of a probability of one finite."""


def capped(probability: NDArray[np.float64], doubted: Mask, barred: Mask, has_two: Mask) -> NDArray[np.float64]:
    """Cap the probabilities of pairs in doubt that are not all but certain.

    Parameters
    ----------
    probability : ndarray
        What the model says of each pair.
    doubted, barred : ndarray of bool
        The same pairs: those that have to be all but certain, and those that are not joined by themselves at all.
    has_two : ndarray of bool
        The same pairs: those on which two identifiers agree (`analytics.identity.scoring.rules.evidence`).

    Returns
    -------
    ndarray
        At most `POSSIBLE` for pairs in doubt below `CERTAIN`, and for those barred; below `PROVEN` where fewer than
        two identifiers agree, in the order of what the model says.
    """
    limited = np.where(has_two | (probability < LIKELY), probability, _below_proven(probability))
    return np.where(barred | doubted & (limited < CERTAIN), np.minimum(limited, POSSIBLE), limited)


def _below_proven(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Bring probabilities between `LIKELY` and 1 between `LIKELY` and `PROVEN`, without a change of their order."""
    beyond = np.maximum(logit(np.clip(probability, LIKELY, 1 - _LEAST)) - logit(LIKELY), 0)
    room = logit(PROVEN) - logit(LIKELY)
    below: NDArray[np.float64] = np.minimum(expit(logit(LIKELY) + room * beyond / (1 + beyond)), PROVEN - _LEAST)
    return below
