"""Unevenness against the slow definition: the mean difference of any two."""

from __future__ import annotations

import numpy as np
import pytest

from analytics.statistics.inequality import gini, lorenz


@pytest.mark.parametrize("seed", range(5))
def test_gini_is_half_the_mean_difference_by_the_mean(seed):
    values = np.random.default_rng(seed).lognormal(3, 1, 40)
    slow = np.abs(values[:, None] - values).mean() / 2 / values.mean()
    assert gini(values) == pytest.approx(slow)
    assert gini(values[::-1] * 7) == pytest.approx(slow)


def test_gini_is_twice_the_area_between_the_curve_and_the_diagonal():
    values = np.array([1.0, 2, 3, 10, 40])
    at, held = np.array(lorenz(values)).T
    assert 1 - 2 * np.trapezoid(held, at) == pytest.approx(gini(values), abs=1e-6)


def test_the_curve_has_no_more_places_than_asked_for_and_ends_with_everything():
    curve = lorenz(np.arange(1.0, 1001), steps=50)
    assert (len(curve), curve[0], curve[-1]) == (51, (0.0, 0.0), (1.0, 1.0))
    assert all(held <= at for at, held in curve)


@pytest.mark.parametrize("values", [[], [0.0, 0.0]])
def test_nothing_held_is_no_curve(values):
    assert (gini(np.array(values)), lorenz(np.array(values))) == (0.0, [])
