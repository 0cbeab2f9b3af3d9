"""Who is who, as a scikit-learn estimator."""

from __future__ import annotations

import json
import os
from collections.abc import Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import Any, Self

import numpy as np
import polars as pl
from numpy.typing import NDArray
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted

from analytics.contracts.identities import NOTES
from analytics.errors import UsageError
from analytics.identity.grouping.resolution import Resolution, resolve
from analytics.identity.records.preparing import prepare, to_polars
from analytics.identity.records.records import Records
from analytics.identity.scoring.comparison import Levels
from analytics.identity.scoring.evidence import evidence_json
from analytics.identity.scoring.pairs import Pairs
from analytics.identity.scoring.recipe import compare
from analytics.identity.scoring.scored import ComparedPairs
from analytics.identity.scoring.scorer import PairScorer, default_scorer

__all__ = ["IdentityResolver"]

_EVIDENCE = {"feature": pl.String, "left": pl.String, "right": pl.String, "weight": pl.Float64, "text": pl.String}


class IdentityResolver(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Group the rows of a frame that are one and the same consignee.

    Parameters
    ----------
    threshold : float in (0, 1], default=0.5
        Lowest mean probability between two groups of spellings at which they are taken for one consignee.
    extra_columns : mapping of str to str, optional
        Further columns to compare, by kind: ``"date"``, ``"text"`` or ``"id"``.
    model : path, optional
        A model written by ``python -m analytics.identity.training``; the one that comes with the program if not given.
    n_jobs : int or None, default=1
        Threads: None is 1, -1 all processors, -2 all but one. The answer does not depend on it.

    Attributes
    ----------
    labels_ : ndarray of shape (n_rows,)
        Consignee of each row, from 0. A row that names nobody ("TO ORDER", blank) has a label of its own.
    scorer_ : PairScorer
        The model as it has adapted to the file.
    model_version_ : str
        Version of the model, and a mark of what it has learned from the file.
    n_features_in_ : int
        Number of columns seen.
    feature_names_in_ : ndarray of str
        Their names.

    Examples
    --------
    >>> import polars as pl
    >>> names = ["Robert Hall", "HALL, BOB", "Acme Co"]
    >>> streets = ["12 Elm St", "12 Elm Street", "1 Dock Rd"]
    >>> rows = pl.DataFrame({"consignee_name": names, "consignee_address": streets})
    >>> IdentityResolver().fit_predict(rows).tolist()
    [0, 0, 1]
    """

    def __init__(
        self,
        threshold: float = 0.5,
        *,
        extra_columns: Mapping[str, str] | None = None,
        model: str | Path | None = None,
        n_jobs: int | None = 1,
    ) -> None:
        self.threshold = threshold
        self.extra_columns = extra_columns
        self.model = model
        self.n_jobs = n_jobs

    def fit(self, X: Any, y: Any = None) -> Self:  # noqa: ARG002 - scikit-learn hands y on
        """Group the rows of `X`.

        Parameters
        ----------
        X : Polars, pandas or Arrow frame
            Any of the ``consignee_*`` columns, and those of `extra_columns`.
        y : ignored
        """
        threads = self._checked()
        frame = to_polars(X)
        scorer = self._scorer()
        self.records_ = prepare(frame, self.extra_columns or {}, threads)
        self.resolution_ = resolve(self.records_, scorer, self.threshold, threads=threads)
        self.labels_ = _row_labels(self.records_, self.resolution_)
        self.scorer_ = self.resolution_.scorer
        self.model_version_ = self.scorer_.version
        self.n_features_in_ = frame.width
        self.feature_names_in_ = np.array(frame.columns, dtype=object)
        self.frame_ = frame
        return self

    def predict(self, X: Any) -> NDArray[np.int64]:
        """Consignee of each row of `X`: a label of `labels_` where it is one of those fitted, else a new one.

        Parameters
        ----------
        X : Polars, pandas or Arrow frame
            The frame fitted, or further rows with the same columns.
        """
        check_is_fitted(self)
        frame = to_polars(X)
        if frame.equals(self.frame_):
            return self.labels_.copy()
        threads = self._checked()
        together = prepare(pl.concat([self.frame_, frame], how="diagonal_relaxed"), self.extra_columns or {}, threads)
        resolution = resolve(together, self.scorer_, self.threshold, threads=threads, learns=False)
        return _carried_over(_row_labels(together, resolution), self.labels_)

    def score_pairs(self, X: Any = None) -> pl.DataFrame:
        """Every compared pair of rows with its probability.

        Parameters
        ----------
        X : frame, optional
            Fitted first if given.

        Returns
        -------
        DataFrame
            ``left``, ``right`` (row numbers) and ``probability``. Rows that are equal once normalised are told by
            their first row, and are linked to it with probability 1.
        """
        if X is not None:
            self.fit(X)
        check_is_fitted(self)
        record, rows = np.unique(self.records_.row_record, return_index=True)
        first = np.zeros(len(self.records_), dtype=np.int64)
        first[record[record >= 0]] = rows[record >= 0]
        found = self.resolution_
        left, right, probability = first[found.left], first[found.right], found.probability
        repeated = np.setdiff1d(np.flatnonzero(self.records_.row_record >= 0), first)
        left = np.concatenate([left, first[self.records_.row_record[repeated]]])
        right, probability = np.concatenate([right, repeated]), np.concatenate([probability, np.ones(len(repeated))])
        table = {"left": np.minimum(left, right), "right": np.maximum(left, right), "probability": probability}
        return pl.DataFrame(table).sort("left", "right")

    def explain(self, i: int, j: int) -> pl.DataFrame:
        """What agreed between two rows of the fitted frame and what did not.

        Parameters
        ----------
        i, j : int
            Row numbers.

        Returns
        -------
        DataFrame
            ``feature``, ``left`` (row `i`), ``right`` (row `j`), ``weight`` (log2 odds: above 0 speaks for one
            consignee, below against) and ``text``. First stands what the model takes for granted, then what was found,
            heaviest first; then, as ``caution``, what holds the probability back and why, as ``calibration``, that it
            is shrunk to what public files bear out, and, as ``compared``, that the two were never compared, or that a
            third person stands as near. The weights add up to the log2 odds of `probability`.

        Raises
        ------
        UsageError
            One of the rows is not there, or names nobody.
        """
        one, other = self._records_of(i, j)
        if one == other:
            equal = {"feature": "keys", "weight": float("inf"), "text": "Equal once normalized."}
            return pl.DataFrame([equal], schema=_EVIDENCE)
        pairs = self._pair(one, other)
        found = json.loads(evidence_json(pairs, self.scorer_, compare(pairs))[0])
        told = pl.DataFrame(found, schema=_EVIDENCE)
        if one > other:
            told = told.with_columns(left="right", right="left")
        is_note = pl.col("feature").is_in(NOTES)
        findings = told[1:].filter(~is_note).sort(pl.col("weight").abs(), descending=True)
        others = pl.DataFrame(self._about_others(one, other), schema=_EVIDENCE)
        return pl.concat([told[:1], findings, told.filter(is_note), others])

    def _about_others(self, one: int, other: int) -> list[dict[str, Any]]:
        """Say that two were never compared, or that a third stands as near."""
        found = self.resolution_
        ends = (found.left == min(one, other)) & (found.right == max(one, other))
        if not ends.any():
            text = "Never compared in this file: the two share no key, so that the figures above joined nobody."
            return [{"feature": "compared", "weight": 0.0, "text": text}]
        if not found.has_rival[ends].any():
            return []
        text = "Not joined by that: somebody of another name at the address is as near to one of the two, or nearer."
        return [{"feature": "compared", "weight": 0.0, "text": text}]

    def probability(self, i: int, j: int) -> float:
        """Probability that two rows of the fitted frame are one consignee, as `score_pairs` tells it.

        Parameters
        ----------
        i, j : int
            Row numbers.

        Raises
        ------
        UsageError
            One of the rows is not there, or names nobody.
        """
        one, other = self._records_of(i, j)
        if one == other:
            return 1.0
        pairs = self._pair(one, other)
        return self._told(pairs, compare(pairs))

    def _pair(self, one: int, other: int) -> Pairs:
        """Two records in the order in which pairs of a file are compared."""
        return Pairs(self.records_, np.array([min(one, other)]), np.array([max(one, other)]))

    def _told(self, pairs: Pairs, levels: dict[str, Levels]) -> float:
        return float(self._compared(pairs, levels).probability(self.records_.extra)[0])

    def _compared(self, pairs: Pairs, levels: dict[str, Levels]) -> ComparedPairs:
        odds = self.scorer_.log_odds(levels, self.records_.extra)
        return ComparedPairs(len(self.records_), pairs.left, pairs.right, levels, np.zeros(1, dtype=bool), odds)

    def _records_of(self, i: int, j: int) -> tuple[int, int]:
        """Records of two rows that name somebody."""
        check_is_fitted(self)
        rows = len(self.records_.row_record)
        for row in (i, j):
            if not 0 <= row < rows:
                raise UsageError(f"row {row} is not there; the fitted frame has rows 0 to {rows - 1}.")
        one, other = (int(self.records_.row_record[row]) for row in (i, j))
        if min(one, other) < 0:
            raise UsageError(
                f"rows {i} and {j}: one of them names nobody, so there is nothing to compare. Choose others."
            )
        return one, other

    def _checked(self) -> int:
        """Check what was set; return the threads to work on."""
        threshold, jobs = self.threshold, self.n_jobs
        if isinstance(threshold, bool) or not isinstance(threshold, Real) or not 0 < threshold <= 1:
            raise UsageError(f"threshold is {threshold!r}; give a probability above 0 and at most 1.")
        if jobs is not None and (isinstance(jobs, bool) or not isinstance(jobs, Integral) or jobs == 0):
            raise UsageError(f"n_jobs is {jobs!r}; give a number of threads, -1 for all processors, or None for one.")
        if not isinstance(self.extra_columns, Mapping | None):
            raise UsageError(f"extra_columns is {self.extra_columns!r}; give a mapping of columns to their kinds.")
        wanted = 1 if jobs is None else int(jobs)
        return wanted if wanted > 0 else max(1, (os.cpu_count() or 1) + 1 + wanted)

    def _scorer(self) -> PairScorer:
        return default_scorer() if self.model is None else PairScorer.load(Path(self.model))


def _row_labels(records: Records, resolution: Resolution) -> NDArray[np.int64]:
    """Label of each row, numbered in the order of the rows; a row of nobody stands alone."""
    row = records.row_record
    group = np.where(row >= 0, resolution.group[np.maximum(row, 0)] if len(records) else 0, -1)
    alone = np.flatnonzero(row < 0)
    group[alone] = len(records) + np.arange(len(alone))
    _, first, inverse = np.unique(group, return_index=True, return_inverse=True)
    number = np.empty(len(first), dtype=np.int64)
    number[np.argsort(first)] = np.arange(len(first))
    return number[inverse]


def _carried_over(together: NDArray[np.int64], fitted: NDArray[np.int64]) -> NDArray[np.int64]:
    """Labels of the further rows: that of the fitted row that first bore it, new numbers for the rest."""
    further = together[len(fitted) :]
    known, first = np.unique(together[: len(fitted)], return_index=True)
    carried = dict(zip(known.tolist(), fitted[first].tolist(), strict=True))
    fresh = iter(range(int(fitted.max(initial=-1)) + 1, int(fitted.max(initial=-1)) + 1 + len(further)))
    for label in further.tolist():
        if label not in carried:
            carried[label] = next(fresh)
    return np.array([carried[label] for label in further.tolist()], dtype=np.int64)
