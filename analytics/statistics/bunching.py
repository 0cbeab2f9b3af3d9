"""The share of days just under a limit that buyers' days a little further off lead one to expect.

What lies just under the limit is not looked at: whoever arranges days is there, and must not teach what is usual. The
share is read off the bands beside it, as bunching estimators do (Kleven 2016, Annu. Rev. Econ. 8, 435-464; the density
on both sides of a point goes back to McCrary 2008, J. Econometrics 142, 698-714), and how much buyers differ is learned
in bands at which no limit stands.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.statistics.chance import ShareLaw, fit_shares
from analytics.statistics.loglinear import fit_counts

__all__ = ["NearLaw", "learn_near_law"]

_NEAR = 0
_BELOW, _ABOVE = (-2, -1), (1, 2)
_PLACEBOS = (-1, 1, 2)
_LEAST_SPREAD = 0.02
_LEAST_ABOVE = 0.25


@dataclass(frozen=True)
class NearLaw:
    """How a buyer's days around the limit are expected to fall.

    Attributes
    ----------
    shares : ShareLaw
        Mean and spread of the share of days just under the limit.
    method : str
        ``trend``: read off bands on both sides; ``rise``: off those below, where hardly anything lies above.
    """

    shares: ShareLaw
    method: str


def learn_near_law(buyers: pl.DataFrame) -> NearLaw:
    """Learn the law from the bands beside the one just under the limit.

    The number of buyers expected just under the limit follows a log-linear fit through two bands below and two above;
    a buyer counts once a band, so that nobody's habit is the trend. The spread is the median of beta-binomial fits in
    the bands next to it, where days just under the limit are left out, and at least 0.02. The outermost bands are no
    placebo: who buys at other values has most of these days there.

    Parameters
    ----------
    buyers : polars.DataFrame
        One row a buyer and band: buyer, band, days. Band 0 ends at the limit, the limit included; -1 lies below it, 1
        above.

    Returns
    -------
    NearLaw
        The law. Where fewer than a quarter of the buyers lie above that a level trend would have there, the file holds
        hardly any goods over the limit, and what is expected follows the two bands below.
    """
    seen = dict(buyers.group_by("band").len().iter_rows())
    below, above = (np.array([seen.get(band, 0) for band in bands], dtype=np.float64) for bands in (_BELOW, _ABOVE))
    has_above = above.sum() >= _LEAST_ABOVE * len(_ABOVE) * below[-1]
    expected = _trend(np.concatenate([below, above])) if has_above else _carried_on(below)
    off = sum(count for band, count in seen.items() if band != _NEAR)
    placebos = _PLACEBOS if has_above else _BELOW[-1:]
    spread = float(np.median([_spread(buyers, band) for band in placebos]))
    shares = ShareLaw(expected / (expected + off), max(spread, _LEAST_SPREAD))
    return NearLaw(shares, "trend" if has_above else "rise")


def _trend(counts: NDArray[np.float64]) -> float:
    """Fit a log-linear (Poisson) trend through the bands and give its value at the band between them.

    Half a buyer is added to each band, so that an empty one has a logarithm.
    """
    bands = np.array([*_BELOW, *_ABOVE], dtype=np.float64)
    design = np.stack([np.ones(len(bands)), bands], axis=1)
    return float(np.exp(fit_counts(design, counts + 0.5).coefficients[0]))


def _carried_on(below: NDArray[np.float64]) -> float:
    """Carry the fall from the first band to the second on to the third; a rise is not carried on."""
    further, closer = below + 0.5
    return float(closer * min(1.0, closer / further))


def _spread(buyers: pl.DataFrame, band: int) -> float:
    off = buyers.filter(pl.col("band") != _NEAR).group_by("buyer").agg(
        hits=pl.col("days").filter(pl.col("band") == band).sum().cast(pl.Int64), tries=pl.col("days").sum()
    )  # fmt: skip
    return fit_shares(off["hits"].to_numpy(), off["tries"].to_numpy()).spread if len(off) else 0.0
