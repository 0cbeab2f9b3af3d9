"""Entity resolution as a scikit-learn estimator: which rows of a frame are one consignee.

The way of a frame through `fit`:

1. `records`: comparison keys of the rows; equal rows are one record, and values are counted (`prepare`).
2. `candidates`: pairs of records that share a blocking key.
3. `scoring`: each pair is compared, weighed and capped: a match probability with its evidence.
4. `grouping`: average linkage over these probabilities, within constraints (`resolve`).
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from numbers import Integral, Real
from pathlib import Path
from typing import Any, Self

import numpy as np
import polars as pl
from sklearn.base import BaseEstimator, ClusterMixin
from sklearn.utils.validation import check_is_fitted

from analytics.errors import UsageError
from analytics.identity.grouping.explanation import PairExplainer
from analytics.identity.grouping.resolution import resolve
from analytics.identity.grouping.rows import labels_of_further, row_labels, row_pairs
from analytics.identity.records.arrays import Numbers
from analytics.identity.records.preparing import prepare, to_polars
from analytics.identity.scoring.scorer import PairScorer, default_scorer

__all__ = ["IdentityResolver"]


class IdentityResolver(ClusterMixin, BaseEstimator):  # type: ignore[misc]
    """Group the rows of a frame that are one and the same consignee.

    Parameters
    ----------
    threshold : float in (0, 1], default=0.5
        Lowest mean match probability between two groups of aliases at which they are joined.
    extra_columns : mapping of str to str, optional
        Further columns to compare, by kind: ``"date"``, ``"text"`` or ``"id"``.
    model : path, optional
        A model written by ``python -m analytics.identity.training``; the one that comes with the program if not given.
    n_jobs : int or None, default=1
        Threads: None is 1, -1 all processors, -2 all but one. The answer does not depend on it.

    Attributes
    ----------
    labels_ : ndarray of shape (n_rows,)
        Consignee of each row, from 0. A row that names no party ("TO ORDER", blank) has a label of its own.
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
        self.labels_ = row_labels(self.records_, self.resolution_)
        self.scorer_ = self.resolution_.scorer
        self.model_version_ = self.scorer_.version
        self.n_features_in_ = frame.width
        self.feature_names_in_ = np.array(frame.columns, dtype=object)
        self.frame_ = frame
        return self

    def predict(self, X: Any) -> Numbers:
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
        return labels_of_further(row_labels(together, resolution), self.labels_)

    def score_pairs(self, X: Any = None) -> pl.DataFrame:
        """Every compared pair of rows with its probability.

        Parameters
        ----------
        X : frame, optional
            Fitted first if given.

        Returns
        -------
        DataFrame
            ``left``, ``right`` (row numbers) and ``probability``. Rows that are equal once normalized are
            represented by their first row, and are linked to it with probability 1.
        """
        if X is not None:
            self.fit(X)
        check_is_fitted(self)
        return row_pairs(self.records_, self.resolution_)

    def explain(self, i: int, j: int) -> pl.DataFrame:
        """What agreed between two rows of the fitted frame and what did not.

        Parameters
        ----------
        i, j : int
            Row numbers.

        Returns
        -------
        DataFrame
            ``feature``, ``left`` (row `i`), ``right`` (row `j`), ``weight`` (log2 odds: above 0 supports a match,
            below 0 contradicts it) and ``text``. The prior comes first, then the findings, heaviest first. Notes
            follow: ``caution`` says why the probability is capped, ``calibration`` that public files support no more,
            ``compared`` that the pair was never compared or that a third party matches as well. The weights add up
            to the log2 odds of `probability`.

        Raises
        ------
        UsageError
            One of the rows is not there, or names nobody.
        """
        return self._explainer().evidence(*self._records_of(i, j))

    def probability(self, i: int, j: int) -> float:
        """Probability that two rows of the fitted frame are one consignee, as in `score_pairs`.

        Parameters
        ----------
        i, j : int
            Row numbers.

        Raises
        ------
        UsageError
            One of the rows is not there, or names nobody.
        """
        return self._explainer().probability(*self._records_of(i, j))

    def _explainer(self) -> PairExplainer:
        check_is_fitted(self)
        return PairExplainer(self.records_, self.resolution_, self.scorer_)

    def _records_of(self, i: int, j: int) -> tuple[int, int]:
        """Records of two rows that name somebody."""
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
