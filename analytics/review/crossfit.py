"""Fits a small shift of the model to verdicts, and asks whether it foretells verdicts that were held back from it.

The shift is a ridge regression around the model as it is: an offset of the prior and a factor for the share of each
comparison, each pulled towards no shift (van Houwelingen 1990 calls the two-parameter case recalibration of a model).
Whether it is worth anything is decided on verdicts it has not seen: they are dealt into folds so that verdicts that
share an alias stand in one fold, each fold is predicted by a shift fitted to the others (Stone 1974, cross-validatory
choice), and the differences are summed by cluster of such verdicts, so that many verdicts on one consignee count as
little more than one.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize

__all__ = ["WRONG_MERGE", "Evidence", "Score", "Shift", "Trial", "fit_shift", "scored", "tried"]

Numbers = NDArray[np.int64]
Measures = NDArray[np.float64]

FOLDS = 5
PRIOR_SPREAD, FACTOR_SPREAD = 1.0, 0.25
"""How far a shift may be expected to go: standard deviations of the ridge."""
PRIOR_BOUND, FACTOR_BOUNDS = 2.0, (0.5, 2.0)
"""How far it may go at most; no comparison changes sides."""
WRONG_MERGE = 3
"""Wrong partings that a wrong merge weighs as much as: a wrong merge accuses somebody."""
SURE = 2.33
"""Standard errors by which the held-back score must be better: one chance in a hundred."""
LEAST, LEAST_EACH, LEAST_CLUSTERS = 40, 10, 20
"""Verdicts, verdicts of either kind, and consignees apart from each other, below which nothing is learned."""
MOST_CONTRADICTED = 0.1
"""Share of the judged pairs on which people contradict themselves or each other, above which nothing is learned."""
DIGITS = 4


@dataclass(frozen=True)
class Evidence:
    """Verdicts with what the model makes of them.

    Attributes
    ----------
    names : tuple of str
        The comparisons.
    intercept : float
        What the model takes for prior.
    shares : ndarray of shape (n_verdicts, n_comparisons)
        What each comparison adds to the log odds of each pair.
    is_same : ndarray of bool
        The verdicts.
    cluster : ndarray of int
        Verdicts that share an alias, directly or by way of others, have one number.
    contradicted : int
        Judged pairs on which people contradict themselves or each other; they are not among the verdicts.
    """

    names: tuple[str, ...]
    intercept: float
    shares: Measures
    is_same: NDArray[np.bool_]
    cluster: Numbers
    contradicted: int = 0

    def __len__(self) -> int:
        return len(self.is_same)

    def some(self, rows: NDArray[np.bool_]) -> Evidence:
        """Some of the verdicts."""
        return Evidence(self.names, self.intercept, self.shares[rows], self.is_same[rows], self.cluster[rows])


@dataclass(frozen=True)
class Shift:
    """What is added to the prior, and the factor of each comparison that has one."""

    prior: float
    factors: dict[str, float]

    def log_odds(self, evidence: Evidence) -> Measures:
        """Log odds of every pair under the shifted model."""
        factors = np.array([self.factors.get(name, 1.0) for name in evidence.names])
        odds: Measures = evidence.intercept + self.prior + evidence.shares @ factors
        return odds


@dataclass(frozen=True)
class Score:
    """How well log odds foretell verdicts.

    Attributes
    ----------
    log_loss : float
        Mean negative log likelihood of the verdicts, in natural logarithms.
    wrong_merges, wrong_partings : int
        Different ones that would be joined, same ones that would be parted, at one half.
    """

    log_loss: float
    wrong_merges: int
    wrong_partings: int

    @property
    def cost(self) -> int:
        """Wrong partings, a wrong merge counting as several."""
        return WRONG_MERGE * self.wrong_merges + self.wrong_partings


@dataclass(frozen=True)
class Trial:
    """A shift, and how it does on verdicts that were held back.

    Attributes
    ----------
    shift : Shift
        Fitted to all verdicts.
    before, after : Score
        Of the model, and of shifts that had not seen the verdicts they foretell.
    refusals : list of str
        Why it is not to be adopted; empty where it is.
    """

    shift: Shift
    before: Score
    after: Score
    refusals: list[str]


def fit_shift(evidence: Evidence) -> Shift:
    """Fit a shift to verdicts.

    Parameters
    ----------
    evidence : Evidence
        The verdicts.

    Returns
    -------
    Shift
        The same for the same verdicts.
    """
    varied = np.flatnonzero(np.ptp(evidence.shares, axis=0) > 0)
    shares, truth = evidence.shares[:, varied], evidence.is_same.astype(float)
    spread = np.array([PRIOR_SPREAD, *np.full(len(varied), FACTOR_SPREAD)])
    design = np.column_stack([np.ones(len(evidence)), shares])
    fixed = evidence.intercept + evidence.shares.sum(axis=1)

    def loss(shift: Measures) -> tuple[float, Measures]:
        odds = fixed + design @ shift
        slope = design.T @ (_probability(odds) - truth) + shift / spread**2
        return float(_losses(odds, truth).sum() + ((shift / spread) ** 2).sum() / 2), slope

    low, high = (bound - 1 for bound in FACTOR_BOUNDS)
    bounds = [(-PRIOR_BOUND, PRIOR_BOUND), *[(low, high)] * len(varied)]
    found = minimize(loss, np.zeros(len(spread)), jac=True, bounds=bounds, method="L-BFGS-B")
    prior, *factors = np.round(found.x, DIGITS).tolist()
    named = {evidence.names[column]: round(1 + factor, DIGITS) for column, factor in zip(varied, factors, strict=True)}
    return Shift(prior, {name: factor for name, factor in named.items() if factor != 1})


def scored(odds: Measures, is_same: NDArray[np.bool_]) -> Score:
    """Score log odds against verdicts."""
    joined = odds >= 0
    loss = float(np.round(_losses(odds, is_same).mean(), 6))
    return Score(loss, int((joined & ~is_same).sum()), int((~joined & is_same).sum()))


def tried(evidence: Evidence) -> Trial:
    """Fit a shift, and score its like on verdicts that were held back.

    Parameters
    ----------
    evidence : Evidence
        The verdicts.

    Returns
    -------
    Trial
        With every reason against adopting it.
    """
    before = evidence.intercept + evidence.shares.sum(axis=1)
    refusals = _too_thin(evidence)
    if refusals:
        known = scored(before, evidence.is_same) if len(evidence) else Score(float("nan"), 0, 0)
        return Trial(Shift(0.0, {}), known, known, refusals)
    after, guess = _held_back(evidence)
    trial = Trial(fit_shift(evidence), scored(before, evidence.is_same), scored(after, evidence.is_same), [])
    return Trial(trial.shift, trial.before, trial.after, _refusals(evidence, trial, before, after, guess))


def _too_thin(evidence: Evidence) -> list[str]:
    same, clusters = int(evidence.is_same.sum()), len(np.unique(evidence.cluster))
    refusals = []
    if len(evidence) < LEAST or min(same, len(evidence) - same) < LEAST_EACH:
        refusals.append(
            f"there are {same} verdicts 'same' and {len(evidence) - same} 'different'; it takes {LEAST} in all and "
            f"{LEAST_EACH} of either kind"
        )
    elif clusters < LEAST_CLUSTERS:
        refusals.append(f"the verdicts are about {clusters} consignees; it takes {LEAST_CLUSTERS}")
    if evidence.contradicted > MOST_CONTRADICTED * (len(evidence) + evidence.contradicted):
        refusals.append(
            f"on {evidence.contradicted} judged pairs people contradict themselves or each other; settle these first"
        )
    return refusals


def _held_back(evidence: Evidence) -> tuple[Measures, Measures]:
    """Log odds of every verdict by a shift that has not seen it, and by the mere share of 'same' among the others."""
    odds, guess = np.empty(len(evidence)), np.empty(len(evidence))
    fold = _folds(evidence.cluster)
    for number in range(FOLDS):
        held = fold == number
        seen = evidence.some(~held)
        odds[held] = fit_shift(seen).log_odds(evidence.some(held))
        share = (seen.is_same.sum() + 1) / (len(seen) + 2)
        guess[held] = np.log(share / (1 - share))
    return odds, guess


def _folds(cluster: Numbers) -> Numbers:
    """Deal clusters into folds of like size, the largest first."""
    number, inverse, size = np.unique(cluster, return_inverse=True, return_counts=True)
    full = np.zeros(FOLDS, dtype=np.int64)
    fold_of = np.empty(len(number), dtype=np.int64)
    for place in np.lexsort((number, -size)):
        fold_of[place] = full.argmin()
        full[fold_of[place]] += size[place]
    fold: Numbers = fold_of[inverse]
    return fold


def _refusals(evidence: Evidence, trial: Trial, before: Measures, after: Measures, guess: Measures) -> list[str]:
    truth = evidence.is_same
    refusals = []
    if _gain(_losses(before, truth) - _losses(after, truth), evidence.cluster) < SURE:
        refusals.append("on verdicts held back it does not foretell better than the model, or not beyond chance")
    if _gain(_losses(guess, truth) - _losses(after, truth), evidence.cluster) < SURE:
        refusals.append("on verdicts held back it does not foretell better than the mere share of 'same'")
    apart = ~truth
    if _losses(after, truth)[apart].sum() > _losses(before, truth)[apart].sum():
        refusals.append(
            "on verdicts 'different' it does worse than the model; a wrong merge weighs more than a parting"
        )
    if trial.after.wrong_merges > trial.before.wrong_merges or trial.after.cost > trial.before.cost:
        refusals.append(
            f"it makes {trial.after.wrong_merges} wrong merges and {trial.after.wrong_partings} wrong partings where "
            f"the model makes {trial.before.wrong_merges} and {trial.before.wrong_partings}"
        )
    return refusals


def _gain(difference: Measures, cluster: Numbers) -> float:
    """Sum of the differences in standard errors, clusters taken as what was drawn."""
    total = np.bincount(np.unique(cluster, return_inverse=True)[1], weights=difference)
    spread = float(np.sqrt((total**2).sum()))
    return float(total.sum()) / spread if spread else 0.0


def _probability(odds: Measures) -> Measures:
    chance: Measures = 1 / (1 + np.exp(-np.clip(odds, -30, 30)))
    return chance


def _losses(odds: Measures, truth: NDArray[np.bool_] | Measures) -> Measures:
    """Negative log likelihood of each verdict."""
    losses: Measures = np.logaddexp(0, odds) - np.asarray(truth, dtype=float) * odds
    return losses
