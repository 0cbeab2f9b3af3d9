"""What chance does, against plain definitions and against scipy."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import stats

from analytics.statistics.chance import ShareLaw, adjusted, fit_shares, upper_bound


@given(st.lists(st.floats(0, 1), min_size=1, max_size=40))
def test_adjusted_values_are_the_least_level_at_which_each_is_kept(p_values):
    """Benjamini and Hochberg: at level q the k lowest are kept, for the largest k whose highest is at most q k / m."""
    count, ranked = len(p_values), sorted(p_values)
    levels = [(p, p * count / k) for k, p in enumerate(ranked, start=1)]
    least = [min([1.0, *(level for each, level in levels if each >= p)]) for p in p_values]
    assert adjusted(np.array(p_values)) == pytest.approx(least)


def test_no_test_gives_no_value():
    assert len(adjusted(np.ones(0))) == 0


def test_of_what_is_kept_a_share_of_q_is_false_on_average():
    rng = np.random.default_rng(5)
    false_shares = []
    for _ in range(300):
        p_values = np.concatenate([rng.random(80), rng.beta(0.1, 10, 20)])
        kept = adjusted(p_values) <= 0.05
        false_shares.append(kept[:80].sum() / max(kept.sum(), 1))
    assert np.mean(false_shares) <= 0.05 + 2 * np.std(false_shares) / np.sqrt(300)


@pytest.mark.parametrize(("hits", "tries"), [(0, 60), (1, 60), (7, 20), (59, 60), (60, 60)])
def test_the_bound_is_the_exact_one(hits, tries):
    exact = stats.binomtest(hits, tries, alternative="less").proportion_ci(0.95, method="exact").high
    assert upper_bound(hits, tries, 0.95) == pytest.approx(exact)


def test_the_bound_holds_as_often_as_it_says():
    """The share of samples whose bound lies below the truth is at most one in twenty."""
    rng = np.random.default_rng(1)
    for truth in (0.01, 0.1, 0.4):
        below = [upper_bound(int(hits), 50, 0.95) < truth for hits in rng.binomial(50, truth, 2000)]
        assert np.mean(below) <= 0.05 + 0.01


def test_a_law_of_shares_is_found_again():
    rng = np.random.default_rng(2)
    tries = rng.integers(3, 12, 800)
    hits = rng.binomial(tries, rng.beta(3, 7, 800))
    law = fit_shares(hits, tries)
    assert law.mean == pytest.approx(0.3, abs=0.03)
    assert law.spread == pytest.approx(1 / 11, abs=0.05)


def test_little_data_tells_little():
    assert fit_shares(np.array([0]), np.array([1])).mean > 0.3


def test_tails_are_those_of_the_law():
    law = ShareLaw(0.3, 0.1)
    plain = [sum(stats.betabinom.pmf(hits, 8, 2.7, 6.3) for hits in range(least, 9)) for least in range(9)]
    assert law.at_least(np.arange(9), np.full(9, 8)) == pytest.approx(np.array(plain))
