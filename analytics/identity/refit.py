"""A model shifted towards what people judged: each comparison weighs somewhat more or less, and so does the outset.

The shift is small, plain and told in the evidence: the weights of a pair are those of the model times the factor of
their comparison, and they still sum to its log odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Self

import numpy as np
import polars as pl
from numpy.typing import NDArray

from analytics.identity.scorer import Levels, PairScorer

__all__ = ["PRIOR", "Refitted", "refitted"]

PRIOR = "prior"
"""The term of what is taken for granted before anything is compared; its shift is added, not multiplied."""


@dataclass(frozen=True)
class Refitted(PairScorer):
    """A model whose comparisons weigh by factors.

    Attributes
    ----------
    factors : mapping
        Comparison to what its share is multiplied by; those that are not named keep theirs.
    """

    factors: Mapping[str, float] = field(default_factory=dict)

    @classmethod
    def of(cls, scorer: PairScorer, version: str, prior: float, factors: Mapping[str, float]) -> Self:
        """Shift a model.

        Parameters
        ----------
        scorer : PairScorer
            The model.
        version : str
            Name of the shifted one.
        prior : float
            What is added to the log odds of every pair.
        factors : mapping
            Comparison to factor.
        """
        kept = {each.name: getattr(scorer, each.name) for each in fields(PairScorer)}
        return cls(**{**kept, "version": version, "intercept": scorer.intercept + prior}, factors=dict(factors))

    def log_odds(self, levels: Levels, extra: Mapping[str, str]) -> NDArray[np.float64]:
        """Sum of what was found, each comparison times its factor."""
        total: NDArray[np.float64] = np.sum(list(self.shares(levels, extra).values()), axis=0)
        return self.intercept + total

    def shares(self, levels: Levels, extra: Mapping[str, str]) -> dict[str, NDArray[np.float64]]:
        """What each comparison adds to the log odds."""
        found = super().shares(levels, extra)
        return {name: share * self.factors.get(name, 1.0) for name, share in found.items()}


def refitted(scorer: PairScorer, refit: pl.DataFrame) -> PairScorer:
    """Apply the refit that is in force.

    Parameters
    ----------
    scorer : PairScorer
        The model that comes with the program.
    refit : DataFrame
        ``version``, ``term``, ``shift`` as in `analytics.contracts.identities.Refit`; no row leaves the model as it is.

    Returns
    -------
    PairScorer
    """
    if refit.is_empty():
        return scorer
    shifts = dict(refit.select("term", "shift").iter_rows())
    factors = {term: 1 + shift for term, shift in sorted(shifts.items()) if term != PRIOR}
    return Refitted.of(scorer, str(refit["version"][0]), shifts.get(PRIOR, 0.0), factors)
