"""How many amounts would lie just under a limit if nobody minded it, and how many lie there beyond that.

Amounts are counted in bins. A smooth curve is fitted to the bins outside a window around the limit and read off inside
it, as bunching estimators do (Chetty, Friedman, Olsen and Pistaferri 2011, Q. J. Econ. 126, 749-804; Kleven and Waseem
2013, Q. J. Econ. 128, 669-723; reviewed by Kleven 2016, Annu. Rev. Econ. 8, 435-464). Both sides of the limit are left
out: whoever minds it is below, and may be missing above. How far a crowd reaches below is read off the data (Bosch,
Dekker and Strohmaier 2020, Int. Tax Public Finance 27, 951-969): the window is widened to where the bins next to it
hold most beyond the curve that is fitted without them, if that is clearly beyond chance.

The curve is a log-linear Poisson fit, a quadratic where there are amounts on both sides and a line where hardly any lie
above; bins that hold a round number have a level of their own, since amounts heap there with or without a limit.

The interval is a parametric bootstrap with a fixed seed: curves are drawn from the law of the fit, counts from that of
what was seen, both as widely scattered as the bins outside the window are around the curve.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analytics.statistics.loglinear import LogLinear, fit_counts

__all__ = ["Counterfactual", "fit_counterfactual"]

Floats = NDArray[np.float64]

_FEWEST_OUTSIDE = 30
"""Amounts outside the window below which nothing is fitted."""
_FEWEST_BINS = 8
_LEAST_ABOVE = 0.25
"""Where the bins above hold less than this share of what those below do, they say nothing about the trend."""
_FEWEST_ROUND = 2
_ROUND, _BEND = 1.0, 0.025
"""One over the variance that a round number and the bend of the curve have before anything is seen."""
_WIDEST = 6
"""By how many bins below the window may be widened."""
_CLEAR = 3.5
"""Standard errors from which on bins next to the window belong to the crowd; several widths are tried."""
_DRAWS = 4_000
_SEED = 321
_ENDS = (2.5, 97.5)


@dataclass(frozen=True)
class Counterfactual:
    """What would be expected, bin by bin, and what there is beyond it.

    Attributes
    ----------
    curve, low, high : array
        Expected count of each bin, with an interval of 95% of the curve.
    expected : float
        In the bins just under the limit together.
    excess, excess_low, excess_high : float
        Amounts there beyond those expected, with an interval of 95%.
    method : str
        ``both``: the curve runs through both sides of the limit; ``below``: it is carried on from below.
    dispersion : float
        How much more the bins scatter around the curve than by chance alone.
    """

    curve: Floats
    low: Floats
    high: Floats
    expected: float
    excess: float
    excess_low: float
    excess_high: float
    method: str
    dispersion: float


def fit_counterfactual(
    counts: Sequence[int], near: range, above: range, heaps: Sequence[Sequence[bool]] = ()
) -> Counterfactual | None:
    """Fit what would be expected without a limit.

    Parameters
    ----------
    counts : sequence of int
        Amounts in bins of one width, ascending.
    near : range
        Places of the bins just under the limit.
    above : range
        Places of the bins just over it, which the fit leaves out too; the limit lies between the two.
    heaps : sequence of sequence of bool
        For each kind of round number, which bins hold one.

    Returns
    -------
    Counterfactual or None
        None where too little lies outside the window.
    """
    seen = np.asarray(counts, dtype=np.float64)
    places = np.arange(len(seen))
    below, beyond = places < near.start, places >= above.stop
    is_both = bool(seen[beyond].sum() >= _LEAST_ABOVE * _level(seen[below], int(beyond.sum())))
    used = below | beyond if is_both else below
    fits = []
    for wider in range(_WIDEST + 1):
        beside = range(near.start - wider, near.start)
        kept = used & ~np.isin(places, beside)
        if seen[kept].sum() >= _FEWEST_OUTSIDE and kept.sum() >= _FEWEST_BINS:
            fits.append(_fit(seen, kept, _design(places, near.stop, kept, heaps, is_both=is_both), beside))
    if not fits or len(fits[0].beside):
        return None
    clearest = max(fits, key=lambda fit: fit.clearness)
    return _told(clearest if clearest.clearness >= _CLEAR else fits[0], seen, near, "both" if is_both else "below")


@dataclass(frozen=True)
class _Fit:
    """A fit, the bins by which the window was widened, and by how many standard errors they hold more than it says."""

    found: LogLinear
    design: Floats
    beside: range
    clearness: float


def _fit(seen: Floats, kept: NDArray[np.bool_], design: tuple[Floats, Floats], beside: range) -> _Fit:
    columns, penalty = design
    found = fit_counts(columns[kept], seen[kept], penalty)
    return _Fit(found, columns, beside, _clearness(found, columns, seen, beside))


def _clearness(found: LogLinear, design: Floats, seen: Floats, beside: range) -> float:
    """Hold what the bins have together against what is expected of them, in standard errors."""
    if not len(beside):
        return 0.0
    rows = design[beside.start : beside.stop]
    means = np.exp(rows @ found.coefficients)
    slope = means @ rows
    variance = found.dispersion * means.sum() + slope @ found.covariance @ slope
    return float((seen[beside.start : beside.stop].sum() - means.sum()) / np.sqrt(variance))


def _level(below: Floats, bins: int) -> float:
    """Give what so many bins would hold if they were like the last ones below."""
    return float(below[-2 * bins :].mean()) * bins if bins and len(below) else float("inf")


def _design(
    places: NDArray[np.int64], limit: int, used: NDArray[np.bool_], heaps: Sequence[Sequence[bool]], *, is_both: bool
) -> tuple[Floats, Floats]:
    """Give level, slope, bend where both sides are used, and a level for each kind of round number seen twice."""
    at = (places + 0.5 - limit) / len(places)
    columns, penalty = [np.ones(len(at)), at], [0.0, 0.0]
    if is_both:
        columns.append(at**2)
        penalty.append(_BEND)
    for heap in heaps:
        is_heap = np.asarray(heap, dtype=np.float64)
        if is_heap[used].sum() >= _FEWEST_ROUND:
            columns.append(is_heap)
            penalty.append(_ROUND)
    return np.stack(columns, axis=1), np.array(penalty)


def _told(fit: _Fit, seen: Floats, near: range, method: str) -> Counterfactual:
    found, design = fit.found, fit.design
    generator = np.random.default_rng(_SEED)
    drawn = generator.multivariate_normal(found.coefficients, found.covariance, size=_DRAWS, method="cholesky")
    curves = np.exp(drawn @ design.T)
    low, high = np.percentile(curves, _ENDS, axis=0)
    inside = slice(near.start, near.stop)
    total = float(seen[inside].sum())
    shape = (total + 0.5) / found.dispersion
    totals = generator.gamma(shape, size=_DRAWS) * found.dispersion
    excess_low, excess_high = np.percentile(totals - curves[:, inside].sum(axis=1), _ENDS)
    curve = np.exp(design @ found.coefficients)
    expected = float(curve[inside].sum())
    return Counterfactual(
        curve=curve,
        low=low,
        high=high,
        expected=expected,
        excess=total - expected,
        excess_low=float(excess_low),
        excess_high=float(excess_high),
        method=method,
        dispersion=found.dispersion,
    )
