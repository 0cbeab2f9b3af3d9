"""How late things are reported, from those reported so far.

What happened lately has had little time to be reported late, and what is known of the first report says only that it
was there by then. The share reported within so many days is therefore estimated in reversed time: of what was reported
within k days and had k days to be so, the share reported on day k exactly; the product over all later days is what was
reported by then (Lawless 1994, Can. J. Statist. 22, 15-31; Kalbfleisch and Lawless 1989, J. Amer. Statist. Assoc. 84,
360-372; actuaries know it as the chain ladder).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

__all__ = ["reported_shares"]

Ints = NDArray[np.int64]
Floats = NDArray[np.float64]


def reported_shares(days: Ints, had: Ints, counts: Ints, is_bound: NDArray[np.bool_]) -> Floats:
    """Estimate the share that is reported within so many days.

    Parameters
    ----------
    days : array of int
        How many days after it happened it was reported; nought or more.
    had : array of int
        How many days it has had so far, as many or more.
    counts : array of int
        How many there are.
    is_bound : array of bool
        Whether it may have been reported earlier: it was there when reports began.

    Returns
    -------
    array of float
        The share reported within 0, 1, 2 … days, up to the last day on which something was.

    >>> here, known = np.array([0, 1]), np.array([False, False])
    >>> reported_shares(here, np.array([9, 9]), np.array([3, 1]), known).tolist()
    [0.75, 1.0]
    """
    last = int(days[~is_bound].max(initial=0))
    shares = np.ones(last + 1)
    for day in range(last, 0, -1):
        there = counts[(had >= day) & np.where(is_bound, days < day, days <= day)].sum()
        then = counts[(had >= day) & ~is_bound & (days == day)].sum()
        shares[day - 1] = shares[day] * (1 - then / there if there else 1.0)
    return shares
