"""A model shifted towards clerical review: each comparison weighs somewhat more or less, and so does the prior.

The shift is small, plain and shown in the evidence: the weights of a pair are those of the model times the factor of
their comparison, and they still sum to its log odds.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import polars as pl

from analytics.identity.scoring.scorer import PairScorer

__all__ = ["PRIOR", "refitted", "shifted"]

PRIOR = "prior"
"""The term of what is taken for granted before anything is compared; its shift is added, not multiplied."""


def shifted(scorer: PairScorer, version: str, prior: float, factors: Mapping[str, float]) -> PairScorer:
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
        Comparison to what it weighs by; what two weigh together weighs by the mean of both.

    Returns
    -------
    PairScorer
    """

    def factor(name: str) -> float:
        return factors.get(name, 1.0)

    weights = {name: levels * factor(name) for name, levels in scorer.weights.items()}
    together = {(a, b): matrix * (factor(a) + factor(b)) / 2 for (a, b), matrix in scorer.interactions.items()}
    return replace(scorer, version=version, intercept=scorer.intercept + prior, weights=weights, interactions=together)


def refitted(scorer: PairScorer, refit: pl.DataFrame) -> PairScorer:
    """Apply the refit that is in force.

    Parameters
    ----------
    scorer : PairScorer
        The model.
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
    return shifted(scorer, str(refit["version"][0]), shifts.get(PRIOR, 0.0), factors)
