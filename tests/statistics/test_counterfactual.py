"""What would lie under a limit without it: known excess is found, nothing is found where there is none."""

from __future__ import annotations

import itertools

import numpy as np
import polars as pl
import pytest

from analytics.statistics.counterfactual import fit_counterfactual
from tests.shared_data import shared

NEAR, ABOVE, BINS = range(25, 30), range(30, 35), 40
EDGES = 500 + 10 * np.arange(1, BINS + 1)
HEAPS = [(EDGES % 100 == 0).tolist(), (EDGES % 50 == 0).tolist()]


def fitted(counts, heaps=()):
    return fit_counterfactual(list(counts), NEAR, ABOVE, heaps)


def drawn(seed, excess, *, slope=-1.0, bend=0.0, level=12, heap=1.5, over=1.0):
    """Counts of forty bins around a limit, and so many beyond them just under it."""
    rng = np.random.default_rng(seed)
    at = (np.arange(BINS) + 0.5 - 30) / BINS
    means = level * np.exp(slope * at + bend * at**2) * np.where(HEAPS[0], heap, 1) * np.where(HEAPS[1], heap, 1)
    means[30:] *= over
    counts = rng.poisson(means)
    counts[25:30] += rng.multinomial(rng.poisson(excess), [0.1, 0.1, 0.2, 0.2, 0.4])
    return counts.tolist()


def test_a_level_file_expects_the_same_in_every_bin():
    found = fitted([10] * 25 + [40] * 5 + [2] * 5 + [10] * 5)
    assert found.curve == pytest.approx([10] * BINS, rel=1e-6)
    assert (found.expected, found.excess) == (pytest.approx(50), pytest.approx(150))
    assert found.method == "both"
    assert found.excess_low < 150 < found.excess_high


def test_what_lies_in_the_window_does_not_teach_the_curve():
    one, other = fitted([10] * 25 + [0] * 10 + [10] * 5), fitted([10] * 25 + [900] * 10 + [10] * 5)
    assert one.expected == pytest.approx(other.expected)
    assert one.excess == pytest.approx(-50)


def test_a_falling_trend_goes_on_falling_to_the_limit():
    counts = [round(2000 * 0.9**place) for place in range(BINS)]
    assert fitted(counts).expected == pytest.approx(sum(counts[25:30]), rel=0.02)


def test_where_hardly_anything_lies_above_the_trend_below_is_carried_on():
    level = [20] * 30
    found = fitted([*level, *[0] * 5, *[4] * 5])
    assert found.method == "below"
    assert found.expected == pytest.approx(100, rel=0.01)
    assert fitted([*level, *[0] * 5, *[5] * 5]).method == "both"


def test_a_heap_at_the_limit_is_what_round_numbers_have_elsewhere():
    counts = [120 if heap else 20 for heap in HEAPS[0]]
    assert fitted(counts, HEAPS[:1]).excess == pytest.approx(0, abs=6)
    assert fitted(counts).excess > 25


def test_a_crowd_that_reaches_further_down_does_not_teach_the_curve():
    counts = [5] * 22 + [20] * 3 + [30] * 5 + [1] * 5 + [5] * 5
    assert fitted(counts).expected == pytest.approx(25, rel=0.02)


@pytest.mark.parametrize(("outside", "is_fitted"), [(29, False), (30, True)])
def test_too_few_amounts_outside_the_window_tell_nothing(outside, is_fitted):
    counts = [1] * 24 + [0] * 11 + [1] * 5
    counts[0] += outside - 29
    assert (fitted(counts) is not None) is is_fitted


@pytest.mark.parametrize(("bins", "is_fitted"), [(7, False), (8, True)])
def test_too_few_bins_tell_nothing(bins, is_fitted):
    below = bins - 5
    found = fit_counterfactual([50] * (bins + 10), range(below, below + 5), range(below + 5, below + 10))
    assert (found is not None) is is_fitted


def test_the_same_counts_give_the_same_figures():
    one, other = (fitted(drawn(1, 40), HEAPS) for _ in range(2))
    assert (one.excess_low, one.excess_high) == (other.excess_low, other.excess_high)
    assert (one.low == other.low).all()


@pytest.mark.parametrize(
    "law",
    [
        {"excess": 40},
        {"excess": 0},
        {"excess": 60, "slope": -2.0, "bend": 1.5, "level": 20},
        {"excess": 40, "over": 0.05, "level": 15},
    ],
)
def test_the_interval_holds_a_known_excess_about_as_often_as_it_says(law):
    found = [fitted(drawn(seed, **law), HEAPS) for seed in range(120)]
    held = np.mean([each.excess_low <= law["excess"] <= each.excess_high for each in found])
    assert 0.91 <= held <= 0.99
    assert np.mean([each.excess for each in found]) == pytest.approx(law["excess"], abs=3)


@pytest.mark.parametrize(
    ("limit", "is_crowded"), [(500, True), (1_000, True), (800, False), (1_200, False), (1_500, False)]
)
def test_card_payments_crowd_under_their_limits_and_not_under_round_amounts(limit, is_crowded):
    payments = pl.read_parquet(shared("data/birmingham_purchase_cards/transactions.parquet"))["amount_gbp"].to_numpy()
    width, rounds = (10, (50, 100)) if limit < 1_000 else (25, (100, 250))
    edges = limit + width * np.arange(-30, 11)
    places = np.ceil((payments - edges[0]) / width)
    counts = [int((places == place).sum()) for place in range(1, 41)]
    heaps = [[high // each > low // each for low, high in itertools.pairwise(edges)] for each in rounds]
    found = fitted(counts, heaps)
    assert (found.excess_low > 0) is is_crowded
    assert is_crowded or found.excess_high > 0
