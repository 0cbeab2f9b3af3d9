"""A model that was trained on nothing: Fellegi and Sunter's, its weights told by EM from the file itself.

It shows how much of a result is due to the training data: comparisons, blocking, caution and clusters are the same,
only the weights are not. Levels of a pair are taken as independent given whether it is one party (Fellegi and Sunter
1969; the EM is that of Winkler 1988).
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray
from scipy.special import expit, logit

from analytics.identity.candidates.blocking import candidate_pairs
from analytics.identity.records.records import Records
from analytics.identity.scoring.recipe import level_names, recipe
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import PairScorer, default_scorer

__all__ = ["untrained_scorer"]

ROUNDS = 30
PRIOR = 0.5
"""Pairs that each level is taken to have been seen with beforehand, on both sides."""
START = 0.3
"""Share of the pairs that are taken for one party at first: those that agree on most."""

Floats = NDArray[np.float64]


def untrained_scorer(records: Records, threads: int = 1) -> PairScorer:
    """Weights from the candidate pairs of a file, without any truth and without the trained model.

    Parameters
    ----------
    records : Records
        The parties.
    threads : int
        Threads to compare with.
    """
    compared = ComparedPairs.of(records, default_scorer(), *candidate_pairs(records, threads), threads)
    found = {item.name: compared.found[item.name] for item in recipe(records.extra)}
    sizes = {item.name: len(item.levels) for item in recipe(records.extra)}
    weights, intercept = _expectation_maximisation(found, sizes)
    named = {name: np.zeros(len(levels)) for name, levels in level_names().items()}
    for item in recipe(records.extra):
        own = item.name if item.weighed_as == item.name else f"{item.weighed_as}: {item.name}"
        named[own] = weights[item.name]
    return PairScorer("untrained", intercept, named, {})


def _expectation_maximisation(
    found: dict[str, NDArray[np.uint8]], sizes: dict[str, int]
) -> tuple[dict[str, Floats], float]:
    agreeing = np.sum([levels == 1 for levels in found.values()], axis=0)
    is_one = np.where(agreeing >= np.quantile(agreeing, 1 - START), 0.9, 0.1).astype(np.float64)
    weights: dict[str, Floats] = {}
    intercept = 0.0
    for _ in range(ROUNDS):
        intercept = float(logit(is_one.mean()))
        weights = {name: _weights(levels, is_one, sizes[name]) for name, levels in found.items()}
        total = np.full(len(is_one), intercept)
        for name, levels in found.items():
            total += weights[name].take(levels)
        is_one = expit(total)
    return weights, intercept


def _weights(levels: NDArray[np.uint8], is_one: Floats, size: int) -> Floats:
    """Log of how much more often each level is met where the two are one; what cannot be compared weighs nothing."""
    met = np.bincount(levels, weights=is_one, minlength=size) + PRIOR
    unmet = np.bincount(levels, weights=1 - is_one, minlength=size) + PRIOR
    met[0] = unmet[0] = 1.0
    weight: Floats = np.log(met / met[1:].sum()) - np.log(unmet / unmet[1:].sum())
    weight[0] = 0.0
    return weight
