"""Counts whose logarithm is a line: the coefficients come back, and so does how much counts scatter."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.loglinear import fit_counts

AT = np.arange(10, dtype=np.float64)
LINE = np.stack([np.ones(10), AT], axis=1)


def test_a_line_without_noise_is_found_exactly():
    fit = fit_counts(LINE, np.exp(2 + 0.3 * AT))
    assert fit.coefficients == pytest.approx([2, 0.3])
    assert fit.dispersion == 1.0


def test_it_is_the_poisson_regression_of_scikit_learn():
    from sklearn.linear_model import PoissonRegressor

    counts = np.array([3, 5, 4, 9, 8, 14, 13, 22, 30, 35], dtype=np.float64)
    theirs = PoissonRegressor(alpha=0, tol=1e-10, max_iter=1000).fit(AT[:, None], counts)
    assert fit_counts(LINE, counts).coefficients == pytest.approx([theirs.intercept_, *theirs.coef_], abs=1e-4)


def test_the_error_of_a_mean_is_that_of_a_count():
    fit = fit_counts(np.ones((4, 1)), np.array([25.0, 25, 25, 25]))
    assert np.sqrt(fit.covariance[0, 0]) == pytest.approx(1 / np.sqrt(100))


def test_counts_that_scatter_widen_it():
    fit = fit_counts(np.ones((4, 1)), np.array([5.0, 45, 5, 45]))
    assert fit.dispersion == pytest.approx(4 * 400 / 25 / 3)
    assert fit.covariance[0, 0] == pytest.approx(fit.dispersion / 100)


def test_a_penalty_holds_a_coefficient_back():
    counts = np.exp(2 + 0.3 * AT)
    assert abs(fit_counts(LINE, counts, np.array([0.0, 1e6])).coefficients[1]) < 0.01


def test_empty_bins_are_no_trouble():
    assert fit_counts(np.ones((3, 1)), np.array([0.0, 0, 6])).coefficients == pytest.approx([np.log(2)])
