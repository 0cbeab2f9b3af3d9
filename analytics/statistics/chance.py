"""What chance does: shares that differ from person to person, and many tests at once."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

__all__ = ["ShareLaw", "adjusted", "fit_shares", "upper_bound", "wilson_interval"]

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

_PRIOR_SHARE, _PRIOR_DAYS = 0.5, 4
_PRIOR_PERSONS = 2
_MEANS = np.linspace(0.01, 0.99, 99)
_SPREADS = np.concatenate([[0.001], np.linspace(0.005, 0.1, 20), np.linspace(0.12, 0.6, 25)])


@dataclass(frozen=True)
class ShareLaw:
    """A beta-binomial law: each person has a share of their own, spread around a mean.

    Attributes
    ----------
    mean : float
        Of the shares.
    spread : float
        Intra-class correlation: near 0 everybody has the same share.
    """

    mean: float
    spread: float

    def at_least(self, hits: Ints, tries: Ints) -> Floats:
        """Give the probability of so many hits or more."""
        from scipy.stats import betabinom

        alpha, beta = _shape(self.mean, self.spread)
        return np.minimum(np.asarray(betabinom.sf(hits - 1, tries, alpha, beta), dtype=np.float64), 1.0)


def fit_shares(hits: Ints, tries: Ints) -> ShareLaw:
    """Find the law under which what was seen is likeliest.

    A few tries with half of them hits are put beside what was seen, and a prior of (1 - spread)², so that little data
    tells little: two persons with two tries each would else be as far apart as can be.

    Parameters
    ----------
    hits, tries : array of int
        One a person.
    """
    from scipy.special import betaln

    pairs, counts = np.unique(np.stack([hits, tries]), axis=1, return_counts=True)
    mean, spread = np.meshgrid(_MEANS, _SPREADS, indexing="ij")
    alpha, beta = _shape(mean[..., None], spread[..., None])
    seen = betaln(pairs[0] + alpha, pairs[1] - pairs[0] + beta) - betaln(alpha, beta)
    prior = _PRIOR_DAYS * (_PRIOR_SHARE * np.log(mean) + (1 - _PRIOR_SHARE) * np.log(1 - mean))
    prior += _PRIOR_PERSONS * np.log(1 - spread)
    best = np.unravel_index(int(np.argmax((seen * counts).sum(axis=-1) + prior)), mean.shape)
    return ShareLaw(float(mean[best]), float(spread[best]))


def _shape(mean: Floats | float, spread: Floats | float) -> tuple[Floats, Floats]:
    total = (1 - np.asarray(spread, dtype=np.float64)) / spread
    return np.asarray(mean * total), np.asarray((1 - mean) * total)


def adjusted(p_values: Floats) -> Floats:
    """Adjust p-values so that those at most q hold a share of q false ones at most, on average.

    Benjamini and Hochberg (1995), J. R. Statist. Soc. B 57, 289-300; it holds for independent tests and for those that
    depend on each other positively (Benjamini and Yekutieli 2001).

    >>> adjusted(np.array([0.01, 0.04, 0.03, 0.5])).round(4).tolist()
    [0.04, 0.0533, 0.0533, 0.5]
    """
    from scipy.stats import false_discovery_control

    return np.asarray(false_discovery_control(p_values), dtype=np.float64)


def upper_bound(hits: int, tries: int, confidence: float) -> float:
    """Give the exact one-sided upper bound of a share.

    Clopper and Pearson (1934), Biometrika 26, 404-413: the share at which so few hits or fewer have a probability of
    one less the confidence.

    >>> round(upper_bound(0, 60, 0.95), 4)
    0.0487
    """
    from scipy.stats import beta

    return 1.0 if hits >= tries else float(beta.ppf(confidence, hits + 1, tries - hits))


def wilson_interval(hits: int, tries: int, confidence: float) -> tuple[float, float]:
    """Give the two-sided interval of a share by its score test.

    Wilson (1927), J. Am. Statist. Assoc. 22, 209-212; of the usual intervals it holds its level best where tries are
    few (Brown, Cai and DasGupta 2001, Statist. Sci. 16, 101-133).

    >>> [round(end, 4) for end in wilson_interval(8, 10, 0.95)]
    [0.4902, 0.9433]
    """
    from scipy.stats import binomtest

    found = binomtest(hits, tries).proportion_ci(confidence, method="wilson")
    return float(found.low), float(found.high)
