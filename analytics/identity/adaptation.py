"""What the file at hand teaches the model, without anybody telling the truth.

How often people move, mistype or share a telephone differs from file to file. The groups found with the weights as they
are tell it: pairs within a group that hardly agree show what this file's records leave out or get wrong, pairs between
groups what strangers of this file have in common. So the weights are shifted a little towards what the groups say
(self-training; a pair that its group contradicts teaches nothing), grouped anew, and shifted again. A ridge
holds them back: a small file moves them hardly at all. Whole connected parts are drawn as the sample, so that its
groups are those of the file, and its size does not grow with the file.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit

from analytics.identity.clusters import Constraints, average_link_clusters, connected
from analytics.identity.compared import Compared
from analytics.identity.comparisons import Levels
from analytics.identity.hashing import mixed
from analytics.identity.pairs import Mask
from analytics.identity.scorer import PairScorer

__all__ = ["adapted"]

SAMPLE = 150_000
"""Pairs that teach, about as many."""
ROUNDS = 4
RIDGE, RIDGE_OF_ALL = 20.0, 1.0
"""Reluctance with which each weight stays where it is, and the intercept."""
LEAST_TOGETHER, MOST_APART = 0.2, 0.5
"""Least probability of a pair within a group, and highest of a pair between groups, that teaches anything."""
NEAR = 0.2
"""Probability from which two records belong to one connected part."""
STEPS = 60

Numbers = NDArray[np.int64]
Floats = NDArray[np.float64]


def adapted(scorer: PairScorer, compared: Compared, extra: Mapping[str, str], threshold: float) -> PairScorer:
    """Shift the weights of a model towards the file at hand.

    Parameters
    ----------
    scorer : PairScorer
        The model as it came.
    compared : Compared
        Pairs of the file, scored by it.
    extra : mapping of str to str
        Kind of each further column.
    threshold : float
        Lowest mean probability at which two groups are joined.

    Returns
    -------
    PairScorer
        With the weights of single comparisons shifted; what two comparisons weigh together stays as it was.
    """
    rows = _sample(compared)
    if not len(rows):
        return scorer
    sample = compared.some(rows)
    different = sample.left[sample.is_forbidden], sample.right[sample.is_forbidden]
    nobody = (np.empty(0, np.int64), np.empty(0, np.int64))
    features = _Features.of(sample.found)
    shift = np.zeros(features.width + 1)
    for _ in range(ROUNDS):
        probability = expit(sample.log_odds + features.total(shift))
        group = average_link_clusters(
            sample.size, sample.left, sample.right, probability, threshold, Constraints(nobody, different)
        )
        together = (group[sample.left] == group[sample.right]).astype(float)
        teaches = np.where(together > 0, probability > LEAST_TOGETHER, probability < MOST_APART)
        shift = features.fitted(sample.log_odds, together, teaches)
    return scorer.shifted(*features.named(shift), extra)


def _sample(compared: Compared) -> Numbers:
    """Pairs of whole connected parts, drawn by a hash of their first records."""
    near = expit(compared.log_odds) >= NEAR
    part = connected(compared.size, compared.left[near], compared.right[near])
    share = min(1.0, SAMPLE / max(len(compared.left), 1))
    drawn = mixed(part.astype(np.uint64) + np.uint64(1)) / 2.0**64 < share
    return np.flatnonzero(drawn[compared.left])


@dataclass(frozen=True)
class _Features:
    """One column for each level of each comparison."""

    names: tuple[str, ...]
    starts: Numbers
    width: int
    matrix: csr_array

    @classmethod
    def of(cls, found: dict[str, Levels]) -> _Features:
        names = tuple(found)
        sizes = [int(levels.max(initial=0)) + 1 for levels in found.values()]
        starts = np.cumsum([0, *sizes])
        columns = np.column_stack([levels + start for levels, start in zip(found.values(), starts, strict=False)])
        ends = np.arange(len(columns) + 1) * columns.shape[1]
        matrix = csr_array((np.ones(columns.size), columns.ravel(), ends), shape=(len(columns), int(starts[-1])))
        return cls(names, starts, int(starts[-1]), matrix)

    def total(self, shift: Floats) -> Floats:
        """What the shift adds to the log odds of each pair."""
        total: Floats = self.matrix @ shift[1:] + shift[0]
        return total

    def fitted(self, log_odds: Floats, together: Floats, teaches: Mask) -> Floats:
        """Fit the shift by logistic regression with a ridge, the model's own log odds as offset."""
        ridge = np.full(self.width + 1, RIDGE)
        ridge[0] = RIDGE_OF_ALL

        def loss(shift: Floats) -> tuple[float, Floats]:
            told = log_odds + self.total(shift)
            cost = (teaches * (np.logaddexp(0, told) - together * told)).sum() + (ridge * shift**2).sum() / 2
            error = teaches * (expit(told) - together)
            slope = np.concatenate([[error.sum()], self.matrix.T @ error]) + ridge * shift
            return float(cost), slope

        found = minimize(loss, np.zeros(self.width + 1), jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
        best: Floats = found.x
        return best

    def named(self, shift: Floats) -> tuple[float, dict[str, Floats]]:
        """The shift of the intercept, and of the levels of each comparison."""
        parts = np.split(shift[1:], self.starts[1:-1])
        return float(shift[0]), dict(zip(self.names, parts, strict=True))
