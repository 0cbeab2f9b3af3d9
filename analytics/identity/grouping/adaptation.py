"""Adapts the model to the file at hand, without labels.

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
from scipy.linalg import solve_triangular
from scipy.optimize import minimize
from scipy.sparse import csr_array
from scipy.special import expit
from threadpoolctl import threadpool_limits

from analytics.identity.candidates.components import connected
from analytics.identity.grouping.clusters import Constraints, average_link_clusters
from analytics.identity.records.arrays import Floats, Mask, Numbers
from analytics.identity.records.hashing import mixed
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.recipe import recipe
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import PairScorer

__all__ = ["NEAR", "adapted", "drawn", "sampled_share"]

SAMPLE = 150_000
"""Pairs that teach, about as many."""
ROUNDS = 4
RIDGE, RIDGE_OF_ALL = 20.0, 1.0
"""Reluctance with which each weight stays where it is, and the intercept."""
LEAST_TOGETHER, MOST_APART = 0.1, 0.5
"""Least probability of a pair within a group, and highest of a pair between groups, that teaches anything."""
NEAR = 0.2
"""Probability from which two records belong to one connected part."""
STEPS = 60
EVERY = 4
"""Of so many kinds of pairs one tells how the loss is curved."""


def adapted(
    scorer: PairScorer, compared: ComparedPairs, extra: Mapping[str, str], threshold: float, share: float | None = None
) -> PairScorer:
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
    share : float, optional
        Share of the connected parts that teach, where not all pairs of the file were compared: then those of the
        records that `drawn` by this share, and of everybody connected with them.

    Returns
    -------
    PairScorer
        With the weights of single comparisons shifted; what two comparisons weigh together stays as it was.
    """
    rows = _sample(compared, sampled_share(len(compared)) if share is None else share)
    if not len(rows):
        return scorer
    sample = compared.some(rows)
    different = sample.left[sample.is_forbidden], sample.right[sample.is_forbidden]
    nobody = (np.empty(0, np.int64), np.empty(0, np.int64))
    features = _Features.of({item.name: sample.found[item.name] for item in recipe(extra)})
    shift = np.zeros(features.width + 1)
    with threadpool_limits(limits=1, user_api="blas"):  # matrices so small that threads only wait for each other
        for _ in range(ROUNDS):
            probability = expit(sample.log_odds + features.total(shift))
            group = average_link_clusters(
                sample.size, sample.left, sample.right, probability, threshold, Constraints(nobody, different)
            )
            together = (group[sample.left] == group[sample.right]).astype(float)
            teaches = np.where(together > 0, probability > LEAST_TOGETHER, probability < MOST_APART)
            shift = features.fitted(sample.log_odds, together, teaches, shift)
    return scorer.shifted(*features.named(shift), extra)


def sampled_share(pairs: int) -> float:
    """Share of the components of a file that teach, from how many pairs there are to compare."""
    return min(1.0, SAMPLE / max(pairs, 1))


def drawn(part: Numbers, share: float) -> Mask:
    """Whether a component teaches, by a hash of its first record."""
    mask: Mask = mixed(part.astype(np.uint64) + np.uint64(1)) / 2.0**64 < share
    return mask


def _sample(compared: ComparedPairs, share: float) -> Numbers:
    """Pairs of whole connected parts."""
    near = expit(compared.log_odds) >= NEAR
    part = connected(compared.size, compared.left[near], compared.right[near])
    return np.flatnonzero(drawn(part, share)[compared.left])


@dataclass(frozen=True)
class _Features:
    """One column for each level of each comparison, one row for each kind of pair: all levels alike.

    Pairs of one kind have one score, so that a fit needs to know only how many they are and how many are together.
    """

    names: tuple[str, ...]
    starts: Numbers
    matrix: csr_array
    kind: Numbers
    first: Numbers

    @property
    def width(self) -> int:
        return int(self.starts[-1])

    @classmethod
    def of(cls, found: dict[str, Levels]) -> _Features:
        names = tuple(found)
        sizes = [int(levels.max(initial=0)) + 1 for levels in found.values()]
        starts = np.cumsum([0, *sizes])
        columns = np.column_stack([levels + start for levels, start in zip(found.values(), starts, strict=False)])
        marks = mixed(np.arange(1, columns.shape[1] + 1, dtype=np.uint64))
        alike = mixed((columns.astype(np.uint64) + np.uint64(1)) * marks).sum(axis=1, dtype=np.uint64)
        _, first, kind = np.unique(alike, return_index=True, return_inverse=True)
        ends = np.arange(len(first) + 1) * columns.shape[1]
        matrix = csr_array((np.ones(ends[-1]), columns[first].ravel(), ends), shape=(len(first), int(starts[-1])))
        return cls(names, starts, matrix, kind, first)

    def total(self, shift: Floats) -> Floats:
        """What the shift adds to the log odds of each pair."""
        total: Floats = (self.matrix @ shift[1:] + shift[0])[self.kind]
        return total

    def fitted(self, log_odds: Floats, together: Floats, teaches: Mask, start: Floats) -> Floats:
        """Fit the shift by logistic regression with a ridge, the model's own log odds as offset.

        It is stepped in a space that is alike in all directions, near enough, so that few steps lead there.
        """
        ridge = np.full(self.width + 1, RIDGE)
        ridge[0] = RIDGE_OF_ALL
        taught, linked = (
            np.bincount(self.kind, weights=values).astype(float) for values in (teaches, teaches * together)
        )
        chosen = taught > 0
        matrix, offset = self.matrix[np.flatnonzero(chosen)], log_odds[self.first[chosen]]
        taught, linked = taught[chosen], linked[chosen]
        turned = csr_array(matrix.T)
        stretch = _stretch(matrix, taught, offset + (matrix @ start[1:] + start[0]), ridge)

        def loss(steps: Floats) -> tuple[float, Floats]:
            shift = solve_triangular(stretch, steps, lower=True, trans="T")
            shifted = offset + (matrix @ shift[1:] + shift[0])
            cost = (taught * np.logaddexp(0, shifted) - linked * shifted).sum() + (ridge * shift**2).sum() / 2
            error = taught * expit(shifted) - linked
            slope = np.concatenate([[error.sum()], turned @ error]) + ridge * shift
            return float(cost), solve_triangular(stretch, slope, lower=True)

        found = minimize(loss, stretch.T @ start, jac=True, method="L-BFGS-B", options={"maxiter": STEPS})
        best: Floats = solve_triangular(stretch, found.x, lower=True, trans="T")
        return best

    def named(self, shift: Floats) -> tuple[float, dict[str, Floats]]:
        """The shift of the intercept, and of the levels of each comparison."""
        parts = np.split(shift[1:], self.starts[1:-1])
        return float(shift[0]), dict(zip(self.names, parts, strict=True))


def _stretch(matrix: csr_array, taught: Floats, shifted: Floats, ridge: Floats) -> Floats:
    """Root of the curvature of the loss, from every `EVERY`-th kind of pair: any root leads to the same shift."""
    some = matrix[::EVERY]
    chance = expit(shifted[::EVERY])
    bend = np.sqrt(EVERY * taught[::EVERY] * chance * (1 - chance))
    bent = csr_array(some.multiply(bend[:, None]))
    curvature = np.diag(ridge)
    curvature[1:, 1:] += (bent.T @ bent).toarray()
    curvature[0, 0] += (bend**2).sum()
    curvature[0, 1:] = curvature[1:, 0] = some.T @ bend**2
    root: Floats = np.linalg.cholesky(curvature).astype(np.float64)
    return root
