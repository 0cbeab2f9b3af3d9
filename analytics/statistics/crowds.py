"""Crowds just below a limit: more amounts there than the density above it, or further below it, lets expect.

Three things could pass for a crowd and are told apart from it:

- *round numbers*: whole amounts and price endings (`analytics.statistics.heaps`) are left out on both sides, so that a
  heap at the limit, which is itself a round number, does not count;
- *a density that falls anyway*: it is fitted by local polynomials (`analytics.statistics.density`);
- *lumps*, a price or a fee that is paid again and again: the same step is measured at some forty other values, where no
  limit is, and what share of them shows as much is what a step of this size is worth here.

Where nothing lies above the limit, since all that was declared claims to be under it, there is no other side. The band
below the limit is then held against the trend of the counts further below.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.statistics.density import density_step
from analytics.statistics.heaps import is_heaped

__all__ = ["Crowd", "measure_crowd"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_HALF_CENT = 0.5
_ELSEWHERE = (*(share / 100 for share in range(30, 80, 5)), *(share / 100 for share in range(130, 401, 10)))
"""Shares of the limit at which a step is measured for comparison; none so near that the limit is in the window."""
_BINS_A_BAND = 4
_TREND_BANDS = 2
_MOST_HEAPED = 0.9
_FEWEST_IN_TREND = 40
_INTERVAL = 1.959964
"""Standard errors on each side of an interval of 95%."""


@dataclass(frozen=True)
class Crowd:
    """What lies below a limit.

    Attributes
    ----------
    method : str
        step (from one side of the limit to the other) or rise (against the trend below).
    statistic : float
        How many standard errors more there is just below.
    p_value : float
        Chance of as much or more; one-sided.
    elsewhere : int
        At how many other values it could be measured.
    elsewhere_share : float
        Share of these at which it is as much or more.
    excess, excess_low, excess_high : float
        Amounts in the band below the limit beyond those expected, with an interval of 95%; round ones not counted.
    heaped_share : float
        Share of amounts left out as round.
    """

    method: str
    statistic: float
    p_value: float
    elsewhere: int
    elsewhere_share: float
    excess: float
    excess_low: float
    excess_high: float
    heaped_share: float


def measure_crowd(cents: Ints, counts: Ints, limit: int, *, bandwidth: float, band: float) -> Crowd | None:
    """Measure the crowd below a limit.

    Parameters
    ----------
    cents, counts : array of int
        Distinct amounts, ascending, and how often each occurs.
    limit : int
        In cents; exactly the limit is below it.
    bandwidth, band : float
        How far amounts count, and how far below the limit is just below, as shares of the limit.

    Returns
    -------
    Crowd or None
        None where too few amounts are left to tell.
    """
    smooth = ~is_heaped(cents)
    heaped_share = 1 - float(counts[smooth].sum() / counts.sum())
    if heaped_share > _MOST_HEAPED:
        return None
    amounts, times = cents[smooth].astype(np.float64), counts[smooth].astype(np.float64)
    for method, measure in _METHODS.items():
        found = measure(amounts, times, limit, bandwidth, band)
        if found is not None:
            others = [measure(amounts, times, round(limit * share), bandwidth, band) for share in _ELSEWHERE]
            return _told(method, found, [other[0] for other in others if other is not None], heaped_share)
    return None


Measured = tuple[float, float, float]
"""Statistic, excess, its standard error."""


def _told(method: str, found: Measured, others: list[float], heaped_share: float) -> Crowd:
    statistic, excess, error = found
    as_much = sum(other >= statistic for other in others)
    return Crowd(
        method=method,
        statistic=statistic,
        p_value=0.5 * math.erfc(statistic / math.sqrt(2)),
        elsewhere=len(others),
        elsewhere_share=as_much / len(others) if others else 1.0,
        excess=excess,
        excess_low=excess - _INTERVAL * error,
        excess_high=excess + _INTERVAL * error,
        heaped_share=heaped_share,
    )


def _step(amounts: Floats, times: Floats, limit: int, bandwidth: float, band: float) -> Measured | None:
    step = density_step(amounts, times, limit + _HALF_CENT, bandwidth * limit, band=band * limit)
    if step is None or step.error == 0:
        return None
    return step.statistic, step.excess * float(times.sum()), step.excess_error * float(times.sum())


def _rise(amounts: Floats, times: Floats, limit: int, _: float, band: float) -> Measured | None:
    """Hold the amounts in the band against a straight line through the counts of the bands below it."""
    width = band * limit / _BINS_A_BAND
    bins = _BINS_A_BAND * (_TREND_BANDS + 1)
    seen = np.histogram(amounts, limit + _HALF_CENT - width * np.arange(bins, -1, -1), weights=times)[0]
    trend, inside = seen[:-_BINS_A_BAND], float(seen[-_BINS_A_BAND:].sum())
    if trend.sum() < _FEWEST_IN_TREND:
        return None
    lines = np.vander(np.arange(bins, dtype=np.float64), 2)
    weights = lines[-_BINS_A_BAND:].sum(axis=0) @ np.linalg.pinv(lines[:-_BINS_A_BAND])
    expected = max(float(weights @ trend), 0.0)
    error = math.sqrt(float(weights**2 @ trend) + max(expected, 1.0))
    return (inside - expected) / error, inside - expected, error


_METHODS: dict[str, Callable[[Floats, Floats, int, float, float], Measured | None]] = {"step": _step, "rise": _rise}
