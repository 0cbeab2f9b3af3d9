"""Does the density of amounts step down at a limit? A local polynomial estimate from both sides of it.

The estimator of Cattaneo, Jansson and Ma (2020), "Simple Local Polynomial Density Estimators", J. Amer. Statist.
Assoc. 115, 1449-1455: the distribution function is fitted by polynomials on each side, weighted by a triangular kernel,
and the density is their slope at the cutoff. The variance is their jackknife, with mass points as in the authors'
package ``rddensity``, with which tests compare this. Amounts come counted: the cost is that of the distinct ones.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["Step", "density_step"]

Floats = NDArray[np.float64]

_FEWEST_POINTS = 20
"""Distinct amounts on each side below which nothing is estimated."""


@dataclass(frozen=True)
class Step:
    """The density on both sides of a cutoff.

    Attributes
    ----------
    left, right : float
        Density just below and just above.
    left_error, right_error, error : float
        Standard errors of the two and of their difference.
    excess : float
        Share of all amounts that lies in the band below the cutoff beyond what the fit from above, run on, has there.
    excess_error : float
        Its standard error.
    left_count, right_count : int
        Amounts within the bandwidth.
    """

    left: float
    right: float
    left_error: float
    right_error: float
    error: float
    excess: float
    excess_error: float
    left_count: int
    right_count: int

    @property
    def statistic(self) -> float:
        """How many standard errors the density is lower above than below; positive where it steps down."""
        return (self.left - self.right) / self.error if self.error > 0 else 0.0


def density_step(
    amounts: Floats, counts: Floats, cutoff: float, bandwidth: float, *, order: int = 2, band: float = 0.0
) -> Step | None:
    """Estimate the density on both sides of a cutoff.

    Parameters
    ----------
    amounts : array
        Distinct amounts, ascending. Those below the cutoff are on its left, those at it or above on its right.
    counts : array
        How often each occurs.
    cutoff : float
        Where the density may step.
    bandwidth : float
        How far amounts on each side count.
    order : int, default=2
        Of the polynomials; the density is one order lower.
    band : float, default=0
        Width below the cutoff over which the excess is reckoned.

    Returns
    -------
    Step or None
        None where a side has too few distinct amounts within the bandwidth.
    """
    total = float(counts.sum())
    reached = (np.cumsum(counts) - 1) / max(total - 1, 1)
    near = np.abs(amounts - cutoff) <= bandwidth
    scaled, times = (amounts[near] - cutoff) / bandwidth, counts[near]
    is_left = scaled < 0
    if min(int(is_left.sum()), int((~is_left).sum())) < _FEWEST_POINTS:
        return None
    design = _design(scaled, is_left, order)
    weighted = design * (1 - np.abs(scaled))[:, None]
    try:
        inverse = np.linalg.inv((weighted * times[:, None]).T @ design)
    except np.linalg.LinAlgError:
        return None
    fitted = inverse @ ((weighted * times[:, None]).T @ reached[near])
    tails = (np.cumsum((weighted * times[:, None])[::-1], axis=0)[::-1] - weighted) / max(total - 1, 1)
    spread = inverse @ (tails.T @ (tails * times[:, None])) @ inverse
    return _told(fitted, spread, bandwidth, band / bandwidth, times, is_left)


def _design(scaled: Floats, is_left: NDArray[np.bool_], order: int) -> Floats:
    """Give powers on the left in the even columns and on the right in the odd ones."""
    design = np.zeros((len(scaled), 2 * order + 2))
    for power in range(order + 1):
        design[is_left, 2 * power] = scaled[is_left] ** power
        design[~is_left, 2 * power + 1] = scaled[~is_left] ** power
    return design


def _told(
    fitted: Floats, spread: Floats, bandwidth: float, band: float, times: Floats, is_left: NDArray[np.bool_]
) -> Step:
    def error(direction: Floats) -> float:
        return math.sqrt(max(float(direction @ spread @ direction), 0.0))

    size = len(fitted)
    left, right = np.eye(size)[2] / bandwidth, np.eye(size)[3] / bandwidth
    below = np.zeros(size)
    for power in range(1, size // 2):
        below[2 * power], below[2 * power + 1] = -((-band) ** power), (-band) ** power
    return Step(
        left=float(left @ fitted),
        right=float(right @ fitted),
        left_error=error(left),
        right_error=error(right),
        error=error(right - left),
        excess=float(below @ fitted),
        excess_error=error(below),
        left_count=int(times[is_left].sum()),
        right_count=int(times[~is_left].sum()),
    )
