"""Counts whose logarithm follows a straight line or a curve: Poisson regression by Newton's method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["LogLinear", "fit_counts"]

Floats = NDArray[np.float64]

_STEPS = 100
_CLOSE = 1e-10
_LONGEST_STEP = 2.0


@dataclass(frozen=True)
class LogLinear:
    """A fit.

    Attributes
    ----------
    coefficients : array
        One a column of the design.
    covariance : array
        Of the coefficients, for counts that scatter as a Poisson law has it, times `dispersion`.
    dispersion : float
        How much more counts scatter than that: Pearson's statistic by its degrees of freedom, at least 1.
    """

    coefficients: Floats
    covariance: Floats
    dispersion: float


def fit_counts(design: Floats, counts: Floats, penalty: Floats | None = None) -> LogLinear:
    """Fit the logarithm of expected counts.

    Parameters
    ----------
    design : array of shape (n, k)
        What the logarithm is a sum of.
    counts : array of shape (n,)
        What was seen.
    penalty : array of shape (k,), optional
        One over the variance that each coefficient has before anything is seen; none where left out.

    Returns
    -------
    LogLinear
        The likeliest coefficients under that.
    """
    held = np.zeros(design.shape[1]) if penalty is None else penalty
    fitted = np.asarray(np.linalg.lstsq(design, np.log(counts + 0.5), rcond=None)[0], dtype=np.float64)
    for _ in range(_STEPS):
        means = np.exp(design @ fitted)
        curvature = design.T @ (design * means[:, None]) + np.diag(held)
        step = np.linalg.solve(curvature, design.T @ (counts - means) - held * fitted)
        step *= min(1.0, _LONGEST_STEP / max(float(np.abs(step).max()), _CLOSE))
        fitted += step
        if np.abs(step).max() < _CLOSE:
            break
    means = np.exp(design @ fitted)
    free = max(len(counts) - design.shape[1], 1)
    dispersion = max(1.0, float(((counts - means) ** 2 / means).sum()) / free)
    curvature = design.T @ (design * means[:, None]) + np.diag(held)
    covariance: Floats = np.linalg.inv(curvature) * dispersion
    return LogLinear(fitted, covariance, dispersion)
